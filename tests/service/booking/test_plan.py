"""The plan of days that people book by, and what steps would bring before they are taken."""

import pytest
from sqlalchemy import event

from services.chassis.errors import Forbidden, NotFound
from tests.people import NEIGHBOUR, RESIDENT, STAFF
from tests.service.gateway.conftest import application

DAY = "2020-03-20"


def held(plan: dict, day: str, space: str) -> list[tuple[str, str]]:
    (found,) = [each for each in plan["days"] if each["date"] == day]
    (entries,) = [each["entries"] for each in found["spaces"] if each["space_id"] == space]
    return [(entry["space_id"], entry["held_from"][11:16]) for entry in entries]


def test_plan_shows_each_space_on_each_day_with_all_that_holds_its_rooms(bench_of):
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        rpc.booking.request_booking(**application("hall", DAY, 14, 17, attendees=60))
        rpc.booking.request_booking(**application("edu-1", "2020-03-21", 9, 11))
    with bench.acting() as rpc:
        plan = rpc.booking.get_plan(start=DAY, end="2020-03-22")
    assert held(plan, DAY, "edu-1") == [("hall", "13:30")]
    assert held(plan, DAY, "meeting") == []
    assert held(plan, "2020-03-21", "hall") == [("edu-1", "09:00")]
    assert {entry["title"] for day in plan["days"] for each in day["spaces"] for entry in each["entries"]} == {None}
    assert (plan["first_day"], plan["last_day"]) == ("2020-03-17", "2020-04-10")


def test_plan_of_today_says_how_full_the_lounge_is_and_what_is_closed(bench_of):
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        rpc.booking.change_walk_ins(space_id="lounge", change=7)
        rpc.booking.declare_closure(**{"from": "2020-03-10", "to": "2020-03-11"}, reason="방역")
        plan = rpc.booking.get_plan()
    assert plan["fill"] == [{"space_id": "lounge", "inside": 7, "capacity": 40}]
    assert [(each["reason"], each["from"]) for each in plan["closures"]] == [("방역", "2020-03-10T00:00:00+09:00")]


def test_plan_takes_as_many_queries_for_a_month_with_bookings_as_for_a_day(bench_of):
    bench = bench_of("booking")
    statements: list[str] = []
    event.listen(bench.database("booking").engine, "before_cursor_execute", lambda *given: statements.append(given[2]))

    def counted(**days: str) -> int:
        statements.clear()
        rpc.booking.get_plan(**days)
        return len([each for each in statements if "JOIN holds" in each])

    with bench.acting(STAFF) as rpc:
        before = counted()
        for day in range(11, 31):
            if day not in {15, 22, 29}:
                rpc.booking.request_booking(**application("edu-1", f"2020-03-{day}", 10, 12))
        assert (before, counted(start="2020-03-10", end="2020-04-09")) == (1, 1)


def test_preview_of_a_closure_says_what_it_would_cancel_and_cancels_nothing(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc:
        rpc.booking.request_booking(**application("edu-1", DAY, 10, 12))
        booked = rpc.booking.request_booking(**application("meeting", DAY, 10, 12))
    with bench.acting(NEIGHBOUR) as rpc:
        rpc.booking.request_booking(**application("edu-2", "2020-03-23", 10, 12))
    with bench.acting(STAFF) as rpc:
        whole = rpc.booking.preview_closure(**{"from": DAY, "to": "2020-03-24"})
        some = rpc.booking.preview_closure(**{"from": DAY, "to": "2020-03-24"}, space_ids=["meeting"])
        declared = rpc.booking.declare_closure(**{"from": DAY, "to": "2020-03-24"}, reason="방역")
    assert (whole["bookings"], whole["people"]) == (3, 2)
    assert [each["id"] for each in some["items"]] == [booked["id"]]
    assert declared["touches"] == {"bookings": 3, "people": 2}
    with bench.acting(RESIDENT) as rpc, pytest.raises(Forbidden):
        rpc.booking.preview_closure(**{"from": DAY, "to": "2020-03-24"})


def test_options_of_a_booking_are_what_a_cancellation_brings_and_when_to_check_in(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc:
        booked = rpc.booking.request_booking(**application("edu-1", DAY, 10, 12))["id"]
        assert rpc.booking.get_booking_options(booking_id=booked) == {
            "refund": 20000,
            "check_in_from": None,
            "check_in_until": None,
        }
        with bench.acting(STAFF) as staff:
            staff.booking.approve_booking(booking_id=booked)
        assert rpc.booking.get_booking_options(booking_id=booked)["check_in_from"] == f"{DAY}T09:45:00+09:00"
        rpc.booking.cancel_booking(booking_id=booked)
        assert rpc.booking.get_booking_options(booking_id=booked)["refund"] is None
    with bench.acting(NEIGHBOUR) as rpc, pytest.raises(NotFound):
        rpc.booking.get_booking_options(booking_id=booked)
