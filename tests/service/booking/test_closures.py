"""Scenarios 17 to 19, booking's part: a closure cancels what it touches, refuses what is new, and revives nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from services.booking import usecases
from services.booking.models import Closure
from services.chassis.context import Actor
from services.chassis.errors import Forbidden, IllegalTransition, Invalid, NotFound
from tests.people import NEIGHBOUR, RESIDENT, STAFF
from tests.service.booking.applying import (
    all_of,
    approved,
    codes,
    dead_letters,
    held_rooms,
    moment,
    read,
    refusal_of,
    tell,
    told,
    wanted,
)

EPIDEMIC = {"from": "2020-02-24", "to": "2020-03-09", "reason": "코로나19 확산 방지", "force_majeure": True}
FEBRUARY = "2020-02-10T09:00:00+09:00"
ROOMS = ("edu-1", "edu-2", "meeting")


def people(number: int) -> list[Actor]:
    return [Actor(f"person-{each}", f"주민 {each}", frozenset({"resident"})) for each in range(number)]


def booked(bench, person: Actor, *wishes: dict) -> list[str]:
    with bench.acting(person) as rpc:
        return [rpc.booking.request_booking(**wish)["id"] for wish in wishes]


def approve_all(bench, bookings: list[str]) -> None:
    with bench.acting(STAFF) as rpc:
        for each in bookings:
            rpc.booking.approve_booking(booking_id=each)


def states(bench, bookings: list[str]) -> list[str]:
    with bench.acting(STAFF) as rpc:
        return [rpc.booking.get_booking(booking_id=each)["status"] for each in bookings]


def cancelled_by(bench, closure_id: str) -> list[str]:
    """The bookings whose cancellation was told with this closure's id, as often as it was told."""
    events = told(bench, "booking_cancelled")
    return sorted(each["data"]["booking_id"] for each in events if each["data"]["closure_id"] == closure_id)


def plan_three_courses(bench) -> None:
    for number, day in enumerate(("2020-02-25", "2020-02-27", "2020-03-03")):
        course = {"session_id": f"session-{number}", "space_id": "lounge", "title": "협동조합 입문", "attendees": 20}
        at = {"start": f"{day}T19:00:00+09:00", "end": f"{day}T21:00:00+09:00"}
        tell(bench, "training", "session_planned", {**course, **at}, sequence=1)
    bench.settle()


def test_closure_of_two_weeks_cancels_23_bookings_of_17_people_and_3_sessions_with_full_refunds(bench_of):
    """Scenario 17. Applied for in time, half of them decided upon; the day after and the day before stay."""
    bench = bench_of("booking", now=FEBRUARY)
    plan_three_courses(bench)
    slots = [
        (room, day, hour)
        for day in ("2020-02-24", "2020-02-26", "2020-03-07")
        for hour in (10, 13)
        for room in (*ROOMS, "lounge")
    ]
    everybody = people(17)
    inside = [
        booking
        for number, (room, day, hour) in enumerate(slots[:23])
        for booking in booked(bench, everybody[number % 17], wanted(room, day, hour, hour + 2))
    ]
    approve_all(bench, inside[::2])
    outside = booked(bench, everybody[0], wanted("edu-1", "2020-02-22", 10, 12), wanted("edu-1", "2020-03-09", 10, 12))

    with bench.acting(STAFF) as rpc:
        closure = rpc.booking.declare_closure(**EPIDEMIC)
    assert closure["touches"] == {"bookings": 26, "people": 17}
    assert (closure["from"], closure["to"]) == ("2020-02-24T00:00:00+09:00", "2020-03-09T00:00:00+09:00")
    bench.settle()

    assert states(bench, inside) == ["cancelled"] * 23
    assert states(bench, outside) == ["pending"] * 2
    cancellations = {each["data"]["booking_id"]: each["data"] for each in told(bench, "booking_cancelled")}
    assert len(cancelled_by(bench, closure["id"])) == len(cancellations) == 26
    assert set(inside) < set(cancellations)
    assert all(each["refund"] == each["fee"] for each in cancellations.values())
    assert {cancellations[each]["fee"] for each in inside} == {10_000, 20_000}
    assert len({each["requester_id"] for each in cancellations.values()} - {""}) == 17
    assert held_rooms(bench) == ["edu-1"] * 2
    with bench.acting(STAFF) as rpc:
        (listed,) = rpc.booking.list_closures()["items"]
        assert (listed["id"], listed["settled"]) == (closure["id"], True)
    (declared,) = told(bench, "closure_declared")
    assert declared["data"]["rooms"] == ["edu-1", "edu-2", "lounge", "meeting"]
    assert (declared["data"]["space_ids"], declared["data"]["force_majeure"]) == ([], True)


def test_closure_gives_back_the_places_of_the_month(bench_of):
    bench = bench_of("booking")
    days = ("2020-03-23", "2020-03-24", "2020-03-25", "2020-03-26")
    booked(bench, RESIDENT, *(wanted("edu-1", day, 10, 12) for day in days))
    with all_of(bench, STAFF, RESIDENT) as (staff, resident):
        staff.declare_closure(**{"from": "2020-03-23", "to": "2020-03-24", "reason": "방역"})
        bench.settle()
        assert resident.request_booking(**wanted("edu-1", "2020-03-27", 10, 12))["status"] == "pending"


def test_new_request_is_refused_from_the_first_moment_before_any_batch_has_run(bench_of, monkeypatch):
    bench = bench_of("booking")
    booked(bench, RESIDENT, wanted("edu-1", "2020-03-24", 10, 12))
    (series,) = booked(
        bench, RESIDENT, wanted("edu-2", "2020-03-17", 10, 12, recurrence={"rrule": "FREQ=WEEKLY;COUNT=2"})
    )
    monkeypatch.setattr(usecases, "settle_closures", lambda *_, **__: False)
    with all_of(bench, STAFF, NEIGHBOUR, RESIDENT) as (staff, neighbour, resident):
        closure = staff.declare_closure(**{"from": "2020-03-23", "to": "2020-03-28", "reason": "방역"})
        wish = wanted("meeting", "2020-03-27", 10, 12)
        for call in (neighbour.request_booking, staff.request_booking):
            refused = refusal_of(call, **wish)
            assert codes(refused) == ["closure"]
            assert refused.refusals[0].details == {
                "closure_id": closure["id"],
                "start": "2020-03-23 00:00",
                "end": "2020-03-28 00:00",
                "reason": "방역",
            }
        assert len(held_rooms(bench)) == 3  # nothing was cancelled yet
        assert codes(refusal_of(staff.approve_booking, booking_id=series)) == ["closure"]
        into = {"start": "2020-03-24T13:00:00+09:00", "end": "2020-03-24T15:00:00+09:00"}
        assert codes(refusal_of(resident.change_booking, booking_id=series, **into)) == ["closure"]
        found = neighbour.search_availability(start=wish["start"], end=wish["end"])["items"]
        assert {tuple(each["code"] for each in item["refusals"]) for item in found} == {("closure",)}
        monkeypatch.undo()
        bench.settle()
        assert len(cancelled_by(bench, closure["id"])) == 2
    assert held_rooms(bench) == ["edu-2"]  # the 17th


def test_closure_of_a_room_closes_the_hall_that_it_is_part_of_and_leaves_the_others(bench_of):
    bench = bench_of("booking")
    hall, other, meeting = (
        *booked(bench, RESIDENT, wanted("hall", "2020-03-20", 10, 12, attendees=50)),
        *booked(bench, RESIDENT, wanted("edu-2", "2020-03-20", 14, 16)),
        *booked(bench, RESIDENT, wanted("meeting", "2020-03-20", 10, 12)),
    )
    with all_of(bench, STAFF, NEIGHBOUR) as (staff, neighbour):
        staff.declare_closure(**{"from": "2020-03-20", "to": "2020-03-21", "reason": "누수", "space_ids": ["edu-1"]})
        bench.settle()
        assert states(bench, [hall, other, meeting]) == ["cancelled", "pending", "pending"]
        wish = wanted("hall", "2020-03-20", 17, 19, attendees=50)
        assert codes(refusal_of(neighbour.request_booking, **wish)) == ["closure"]
        assert neighbour.request_booking(**wanted("edu-2", "2020-03-20", 17, 19))["status"] == "pending"


def test_closure_to_the_hour_touches_a_buffer_but_not_what_only_borders_it(bench_of):
    """The hall until 14:00 is held until 14:30."""
    bench = bench_of("booking")
    bookings = [
        *booked(bench, RESIDENT, wanted("hall", "2020-03-20", 10, 14, attendees=50)),
        *booked(bench, RESIDENT, wanted("meeting", "2020-03-20", 12, 14)),
    ]
    with bench.acting(STAFF) as rpc:
        rpc.booking.declare_closure(**{"from": "2020-03-20T14:00:00", "to": "2020-03-20T18:00:00", "reason": "정전"})
    bench.settle()
    assert states(bench, bookings) == ["cancelled", "pending"]


def test_those_who_are_inside_already_stay_and_what_is_over_is_not_touched(bench_of):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        there = approved(resident, staff, **wanted("edu-1", "2020-03-20", 10, 12))["id"]
        later = approved(resident, staff, **wanted("edu-1", "2020-03-20", 13, 15))["id"]
        bench.move_clock(moment("2020-03-20", "10:00"))
        resident.check_in(booking_id=there)
        bench.move_clock(moment("2020-03-20", "11:00"))
        closure = staff.declare_closure(**{"from": "2020-03-20", "to": "2020-03-21", "reason": "정전"})
    assert closure["touches"] == {"bookings": 1, "people": 1}
    bench.settle()
    assert states(bench, [there, later]) == ["checked_in", "cancelled"]


def test_extension_cancels_only_what_is_newly_touched(bench_of):
    """Scenario 19: to 8 March, then to the 15th."""
    bench = bench_of("booking", now=FEBRUARY)
    first = booked(bench, RESIDENT, wanted("edu-1", "2020-02-25", 10, 12), wanted("edu-1", "2020-03-06", 10, 12))
    second = booked(bench, NEIGHBOUR, wanted("edu-1", "2020-03-09", 10, 12))
    beyond = booked(bench, NEIGHBOUR, wanted("edu-2", "2020-03-10", 10, 12))
    with bench.acting(STAFF) as rpc:
        closure = rpc.booking.declare_closure(**EPIDEMIC)
        bench.settle()
        assert cancelled_by(bench, closure["id"]) == sorted(first)
        extended = rpc.booking.change_closure(closure_id=closure["id"], to="2020-03-10")
        assert extended["touches"] == {"bookings": 3, "people": 2}
        bench.settle()
    assert cancelled_by(bench, closure["id"]) == sorted(first + second)
    assert states(bench, beyond) == ["pending"]
    (event,) = told(bench, "closure_extended")
    assert (event["data"]["end"], event["sequence"]) == ("2020-03-10T00:00:00+09:00", 2)


def test_lifting_early_revives_nothing_and_opens_the_rest(bench_of):
    """Scenario 19."""
    bench = bench_of("booking")
    bookings = booked(bench, RESIDENT, wanted("edu-1", "2020-03-24", 10, 12))
    with all_of(bench, STAFF, NEIGHBOUR) as (staff, neighbour):
        closure = staff.declare_closure(**{"from": "2020-03-23", "to": "2020-03-28", "reason": "방역"})
        bench.settle()
        lifted = staff.lift_closure(closure_id=closure["id"])
        assert lifted["lifted_at"] == "2020-03-10T09:00:00+09:00"
        bench.settle()
        assert states(bench, bookings) == ["cancelled"]
        assert neighbour.request_booking(**wanted("edu-1", "2020-03-24", 10, 12))["status"] == "pending"
        assert staff.list_closures()["items"] == []
        assert [each["id"] for each in staff.list_closures(past=True)["items"]] == [closure["id"]]
        for call, more in ((staff.lift_closure, {}), (staff.change_closure, {"to": "2020-03-30"})):
            with pytest.raises(IllegalTransition):
                call(closure_id=closure["id"], **more)
    assert len(told(bench, "closure_lifted")) == 1


def test_earlier_end_opens_what_lies_behind_it_and_revives_nothing(bench_of):
    bench = bench_of("booking")
    bookings = booked(bench, RESIDENT, wanted("edu-1", "2020-03-26", 10, 12))
    with all_of(bench, STAFF, NEIGHBOUR) as (staff, neighbour):
        closure = staff.declare_closure(**{"from": "2020-03-23", "to": "2020-03-28", "reason": "방역"})
        bench.settle()
        staff.change_closure(closure_id=closure["id"], to="2020-03-25")
        bench.settle()
        assert states(bench, bookings) == ["cancelled"]
        assert neighbour.request_booking(**wanted("edu-1", "2020-03-26", 10, 12))["status"] == "pending"
        assert codes(refusal_of(neighbour.request_booking, **wanted("edu-1", "2020-03-24", 10, 12))) == ["closure"]


def test_closure_that_was_lifted_before_its_batches_ran_cancels_nothing_and_says_so(bench_of, monkeypatch):
    bench = bench_of("booking")
    bookings = booked(bench, RESIDENT, wanted("edu-1", "2020-03-24", 10, 12))
    monkeypatch.setattr(usecases, "settle_closures", lambda *_, **__: False)
    with bench.acting(STAFF) as rpc:
        closure = rpc.booking.declare_closure(**{"from": "2020-03-23", "to": "2020-03-28", "reason": "방역"})
        lifted = rpc.booking.lift_closure(closure_id=closure["id"])
    monkeypatch.undo()
    bench.settle()
    assert states(bench, bookings) == ["pending"]
    assert lifted["touches"] == {"bookings": 0, "people": 0}


def test_more_bookings_than_a_batch_are_all_cancelled(bench_of):
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        for day in range(23, 28):
            for hour in range(9, 21):
                for room in ("edu-1", "edu-2"):
                    rpc.booking.request_booking(**wanted(room, f"2020-03-{day}", hour, hour + 1))
        closure = rpc.booking.declare_closure(**{"from": "2020-03-23", "to": "2020-03-28", "reason": "방역"})
    assert closure["touches"] == {"bookings": 120, "people": 1}
    bench.settle()
    assert len(cancelled_by(bench, closure["id"])) == 120
    assert held_rooms(bench) == []


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"to": "2020-03-23"}, Invalid),
        ({"from": "2020-03-01", "to": "2020-03-10"}, Invalid),  # over
        ({"space_ids": ["attic"]}, NotFound),
    ],
)
def test_closure_that_makes_no_sense_is_refused(bench_of, wrong, error):
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc, pytest.raises(error):
        rpc.booking.declare_closure(**{"from": "2020-03-23", "to": "2020-03-28", "reason": "방역", **wrong})
    assert told(bench, "closure_declared") == []


def test_only_staff_close_the_centre(bench_of):
    with all_of(bench_of("booking"), RESIDENT, STAFF) as (resident, staff):
        closure = staff.declare_closure(**{"from": "2020-03-23", "to": "2020-03-28", "reason": "방역"})
        for call, arguments in (
            (resident.declare_closure, {"from": "2020-03-23", "to": "2020-03-28", "reason": "방역"}),
            (resident.change_closure, {"closure_id": closure["id"], "to": "2020-03-29"}),
            (resident.lift_closure, {"closure_id": closure["id"]}),
        ):
            with pytest.raises(Forbidden):
                call(**arguments)


ORDER = {"from": "2020-03-23", "to": "2020-03-28", "reason": "구청 휴관 명령", "order_id": "district-7"}


def test_order_redelivered_five_times_is_one_closure(bench_of):
    """Scenario 18: under one event id, and under five."""
    bench = bench_of("booking")
    bookings = booked(bench, RESIDENT, wanted("edu-1", "2020-03-24", 10, 12), wanted("edu-1", "2020-03-25", 10, 12))
    event_id = tell(bench, "district", "closure_ordered", ORDER)
    for number in range(4):
        tell(bench, "district", "closure_ordered", ORDER, event_id=event_id if number < 2 else "")
    bench.settle()
    (closure,) = read(bench, select(Closure))
    assert (closure.reason, closure.force_majeure, closure.settled) == ("구청 휴관 명령", True, True)
    assert closure.ends_at - closure.starts_at == timedelta(days=5)
    assert cancelled_by(bench, closure.id) == sorted(bookings)
    assert len(told(bench, "closure_declared")) == 1
    assert dead_letters(bench) == []


def test_order_without_an_id_is_known_by_its_events(bench_of):
    bench = bench_of("booking")
    without = {name: value for name, value in ORDER.items() if name != "order_id"}
    event_id = tell(bench, "district", "closure_ordered", without)
    tell(bench, "district", "closure_ordered", without, event_id=event_id)
    bench.settle()
    assert len(read(bench, select(Closure.id))) == 1


def test_same_order_with_a_later_end_extends_its_closure(bench_of):
    """Scenario 19, ordered from outside."""
    bench = bench_of("booking")
    first = booked(bench, RESIDENT, wanted("edu-1", "2020-03-24", 10, 12))
    later = booked(bench, NEIGHBOUR, wanted("edu-1", "2020-03-30", 10, 12))
    tell(bench, "district", "closure_ordered", ORDER)
    bench.settle()
    assert states(bench, first + later) == ["cancelled", "pending"]
    tell(bench, "district", "closure_ordered", {**ORDER, "to": "2020-04-01"})
    bench.settle()
    (closure,) = read(bench, select(Closure))
    assert cancelled_by(bench, closure.id) == sorted(first + later)
    assert [each["data"]["end"] for each in told(bench, "closure_extended")] == ["2020-04-01T00:00:00+09:00"]


def test_order_for_a_space_that_is_not_there_is_a_dead_letter_and_closes_nothing(bench_of):
    bench = bench_of("booking")
    tell(bench, "district", "closure_ordered", {**ORDER, "space_ids": ["attic"]})
    bench.settle()
    assert read(bench, select(Closure.id)) == []
    assert dead_letters(bench) == ["NotFound: The centre has no such space."]
