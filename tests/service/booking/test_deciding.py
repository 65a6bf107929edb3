"""Two business days to decide, and changes: whose, of which version, decided upon anew or not."""

from functools import partial

import pytest

from services.chassis.errors import Forbidden, IllegalTransition, Invalid, NotFound, StaleVersion
from tests.people import NEIGHBOUR, RESIDENT, STAFF
from tests.service.booking.applying import (
    all_of,
    approved,
    codes,
    held_rooms,
    moment,
    refusal_of,
    told,
    wanted,
)


def test_application_expires_two_business_days_later_over_a_weekend_and_a_holiday(bench_of):
    """Friday 1 May 15:00; Tuesday 5 May is Children's Day. Staff are warned on Monday, once."""
    bench = bench_of("booking", now="2020-05-01T15:00:00+09:00")
    with bench.acting(RESIDENT) as rpc:
        made = rpc.booking.request_booking(**wanted("edu-1", "2020-05-20", 10, 12))
        assert made["decide_by"] == "2020-05-06T15:00:00+09:00"
        bench.move_clock(moment("2020-05-04", "14:59"))
        assert told(bench, "booking_undecided") == []
        for day, clock in (("2020-05-04", "15:00"), ("2020-05-05", "15:00"), ("2020-05-06", "14:59")):
            bench.move_clock(moment(day, clock))
            (warning,) = told(bench, "booking_undecided")
        assert (warning["data"]["booking_id"], warning["data"]["decide_by"]) == (made["id"], made["decide_by"])
        assert rpc.booking.get_booking(booking_id=made["id"])["status"] == "pending"
        assert held_rooms(bench) == ["edu-1"]

        bench.move_clock(moment("2020-05-06", "15:00"))
        assert rpc.booking.get_booking(booking_id=made["id"])["status"] == "expired"
    assert held_rooms(bench) == []
    (event,) = told(bench, "booking_expired")
    assert (event["data"]["booking_id"], event["data"]["status"]) == (made["id"], "expired")
    with bench.acting(STAFF) as rpc, pytest.raises(IllegalTransition):
        rpc.booking.approve_booking(booking_id=made["id"])


def test_decided_application_neither_warns_nor_expires(bench_of):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        made = approved(resident, staff, **wanted("edu-1", "2020-03-20", 10, 12))
        bench.move_clock(moment("2020-03-13", "09:00"))
        assert resident.get_booking(booking_id=made["id"])["status"] == "approved"
    assert told(bench, "booking_undecided", "booking_expired") == []


def test_events_of_one_booking_are_numbered_in_order(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc:
        made = rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))
    for day in ("2020-03-11", "2020-03-13"):  # a clock that jumps over the warning may expire it at once
        bench.move_clock(moment(day, "09:00"))
    numbered = [(event["type"].split(".")[2], event["sequence"]) for event in told(bench, *BOOKING_EVENTS)]
    assert numbered == [("booking_requested", 1), ("booking_undecided", 2), ("booking_expired", 3)]
    assert {event["subject"] for event in told(bench, *BOOKING_EVENTS)} == {made["id"]}


BOOKING_EVENTS = ("booking_requested", "booking_undecided", "booking_expired")


def test_change_by_the_applicant_is_decided_upon_anew(bench_of):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        made = approved(resident, staff, **wanted("edu-1", "2020-03-20", 10, 12))
        assert made["decide_by"] is None
        bench.move_clock(moment("2020-03-11", "10:00"))
        changed = resident.change_booking(booking_id=made["id"], space_id="meeting")
        assert (changed["status"], changed["space_id"], changed["fee"]) == ("pending", "meeting", 10_000)
        assert changed["decide_by"] == "2020-03-13T10:00:00+09:00"
        assert held_rooms(bench) == ["meeting"]
        assert staff.approve_booking(booking_id=made["id"])["status"] == "approved"
    assert [event["data"]["status"] for event in told(bench, "booking_changed")] == ["pending"]


def test_change_by_staff_is_decided_upon_with_it(bench_of):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        made = approved(resident, staff, **wanted("edu-1", "2020-03-20", 10, 12))
        moved = staff.change_booking(booking_id=made["id"], space_id="edu-2")
        assert (moved["status"], moved["space_id"]) == ("approved", "edu-2")
        undecided = resident.request_booking(**wanted("edu-1", "2020-03-21", 10, 12))
        assert staff.change_booking(booking_id=undecided["id"], attendees=12)["status"] == "pending"
    assert held_rooms(bench) == ["edu-1", "edu-2"]


def test_change_passes_the_same_rules_as_an_application(bench_of):
    with all_of(bench_of("booking"), RESIDENT, NEIGHBOUR) as (resident, neighbour):
        neighbour.request_booking(**wanted("edu-2", "2020-03-20", 10, 12))
        made = resident.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))
        refused = refusal_of(
            resident.change_booking, booking_id=made["id"], space_id="edu-2", attendees=31, purpose="political"
        )
        assert codes(refused) == ["forbidden_purpose", "over_capacity", "slot_taken"]
        assert resident.get_booking(booking_id=made["id"]) == {
            name: value for name, value in made.items() if name != "occurrences"
        }


def test_change_may_overlap_what_it_takes_the_place_of(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc:
        made = rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))
        later = rpc.booking.change_booking(
            booking_id=made["id"], start="2020-03-20T11:00:00+09:00", end="2020-03-20T14:00:00+09:00"
        )
        assert (later["start"], later["fee"]) == ("2020-03-20T11:00:00+09:00", 30_000)
    assert held_rooms(bench) == ["edu-1"]


def test_booking_that_was_moved_beyond_the_window_of_its_first_application_can_be_approved(bench_of):
    """On 12 March one may apply for 12 April, as one might not on the 10th, when the booking was first applied for."""
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        made = resident.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))
        bench.move_clock(moment("2020-03-11", "09:00"))
        into = {"start": "2020-04-11T10:00:00+09:00", "end": "2020-04-11T12:00:00+09:00"}
        assert resident.change_booking(booking_id=made["id"], **into)["status"] == "pending"
        assert staff.approve_booking(booking_id=made["id"])["status"] == "approved"


def test_what_is_changed_beside_the_time_need_not_be_in_the_window_any_more(bench_of):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        made = approved(resident, staff, **wanted("edu-1", "2020-03-20", 10, 12))
        bench.move_clock(moment("2020-03-18", "09:00"))
        assert resident.change_booking(booking_id=made["id"], attendees=12)["status"] == "pending"
        into = {"start": "2020-03-20T11:00:00+09:00", "end": "2020-03-20T13:00:00+09:00"}
        assert codes(refusal_of(resident.change_booking, booking_id=made["id"], **into)) == ["too_late"]
        assert staff.approve_booking(booking_id=made["id"])["status"] == "approved"


def test_change_of_a_version_that_is_no_more_is_stale(bench_of):
    with all_of(bench_of("booking"), RESIDENT, STAFF) as (resident, staff):
        made = resident.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))
        seen = made["version"]
        changed = resident.change_booking(booking_id=made["id"], version=seen, title="봄맞이 모임")
        assert changed["version"] == seen + 1
        with pytest.raises(StaleVersion):
            staff.change_booking(booking_id=made["id"], version=seen, title="총회")
        assert resident.get_booking(booking_id=made["id"])["title"] == "봄맞이 모임"


def test_booking_of_somebody_else_is_not_there(bench_of):
    with all_of(bench_of("booking"), RESIDENT, NEIGHBOUR) as (resident, neighbour):
        made = resident.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))
        for call in (
            neighbour.get_booking,
            partial(neighbour.change_booking, title="다른 모임"),
            neighbour.cancel_booking,
            neighbour.check_in,
        ):
            with pytest.raises(NotFound):
                call(booking_id=made["id"])
        with pytest.raises(Forbidden):
            neighbour.approve_booking(booking_id=made["id"])


def test_what_has_begun_is_neither_changed_nor_cancelled(bench_of):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        made = approved(resident, staff, **wanted("edu-1", "2020-03-20", 10, 12))
        bench.move_clock(moment("2020-03-20", "10:00"))
        for call in (resident.cancel_booking, staff.cancel_booking, partial(staff.change_booking, title="다른 모임")):
            with pytest.raises(IllegalTransition) as begun:
                call(booking_id=made["id"])
            assert begun.value.details["state"] == "begun"


def test_every_decision_is_in_the_log_with_before_and_after(bench_of):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        made = approved(resident, staff, **wanted("edu-1", "2020-03-20", 10, 12))
        resident.change_booking(booking_id=made["id"], title="봄맞이 모임")
        bench.move_clock(moment("2020-03-13", "09:00"))
        log = staff.list_decisions(booking_id=made["id"])["items"]
        changes = staff.list_decisions(booking_id=made["id"], action="change")["items"]
        with pytest.raises(Invalid) as unknown:
            staff.list_decisions(action="repaint")
        with pytest.raises(Forbidden):
            resident.list_decisions(booking_id=made["id"])
    assert ([each["action"] for each in changes], list(unknown.value.errors)) == (["change"], ["action"])
    told_ = [
        (each["actor_id"], each["action"], each["before"].get("status"), each["after"]["status"])
        for each in reversed(log)
    ]
    assert told_ == [
        ("resident-1", "request", None, "pending"),
        ("staff-1", "approve", "pending", "approved"),
        ("resident-1", "change", "approved", "pending"),
        ("madang:booking", "expire", "pending", "expired"),
    ]
    assert (log[1]["before"]["title"], log[1]["after"]["title"]) == ("마을 모임", "봄맞이 모임")
