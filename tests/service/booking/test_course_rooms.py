"""Rooms for course sessions: training plans, booking grants or refuses; whatever the order, no hold is left over."""

import pytest

from services.chassis import ids
from tests.people import RESIDENT, STAFF
from tests.service.booking.applying import all_of, codes, dead_letters, held_rooms, refusal_of, tell, told, wanted

SESSION = {
    "session_id": "session-1",
    "course_id": "course-1",
    "space_id": "edu-1",
    "title": "협동조합 입문",
    "attendees": 20,
    "field": "social_economy",
    "start": "2020-03-20T19:00:00+09:00",
    "end": "2020-03-20T21:00:00+09:00",
}
ANSWERS = ("room_granted", "room_refused")


def plan(bench, sequence: int = 1, *, event_id: str = "", **other) -> None:
    tell(bench, "training", "session_planned", {**SESSION, **other}, sequence=sequence, event_id=event_id)
    bench.settle()


def cancel(bench, sequence: int, *, event_id: str = "") -> None:
    tell(bench, "training", "session_cancelled", {"session_id": "session-1"}, sequence=sequence, event_id=event_id)
    bench.settle()


def answers(bench) -> list[tuple[str, int]]:
    """What booking answered, and to which plan."""
    return [(event["type"].split(".")[2], event["data"]["plan"]) for event in told(bench, *ANSWERS)]


def test_free_room_is_granted_and_held_without_an_application(bench_of):
    bench = bench_of("booking")
    plan(bench, 3)
    (granted,) = told(bench, *ANSWERS)
    assert (granted["type"], granted["subject"], granted["sequence"]) == (
        "madang.booking.room_granted.v1",
        "session-1",
        3,
    )
    booking_id = granted["data"].pop("booking_id")
    assert granted["data"] == {
        "session_id": "session-1",
        "plan": 3,
        "space_id": "edu-1",
        "start": SESSION["start"],
        "end": SESSION["end"],
    }
    with all_of(bench, STAFF, RESIDENT) as (staff, resident):
        booking = staff.get_booking(booking_id=booking_id)
        assert (booking["status"], booking["kind"], booking["fee"]) == ("approved", "course", 0)
        assert (booking["title"], booking["field"]) == ("협동조합 입문", "social_economy")
        assert booking["requester"] == {"id": "", "name": ""}
        assert codes(refusal_of(resident.request_booking, **wanted("edu-1", "2020-03-20", 20, 21))) == ["slot_taken"]
    assert held_rooms(bench) == ["edu-1"]


def test_taken_room_is_refused_with_reasons_and_alternatives_and_nothing_is_held(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc:
        rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 18, 20))
    plan(bench, attendees=31)
    (refused,) = told(bench, *ANSWERS)
    assert refused["type"] == "madang.booking.room_refused.v1"
    assert [each["code"] for each in refused["data"]["refusals"]] == ["over_capacity", "slot_taken"]
    assert [each["space_id"] for each in refused["data"]["alternatives"]] == ["lounge"]
    assert held_rooms(bench) == ["edu-1"]  # the resident's


def test_space_that_the_centre_does_not_have_is_refused(bench_of):
    bench = bench_of("booking")
    plan(bench, space_id="attic")
    (refused,) = told(bench, *ANSWERS)
    assert [each["code"] for each in refused["data"]["refusals"]] == ["not_found"]
    assert (held_rooms(bench), dead_letters(bench)) == ([], [])


def test_course_is_bound_neither_to_the_hours_nor_to_the_window(bench_of):
    bench = bench_of("booking")
    plan(bench, start="2020-03-11T21:00:00+09:00", end="2020-03-11T23:00:00+09:00")
    assert answers(bench) == [("room_granted", 1)]


def test_cancelled_session_gives_its_room_back(bench_of):
    bench = bench_of("booking")
    plan(bench, 1)
    cancel(bench, 2)
    assert held_rooms(bench) == []
    (cancelled,) = told(bench, "booking_cancelled")
    assert (cancelled["data"]["kind"], cancelled["data"]["requester_id"]) == ("course", "")
    with bench.acting(RESIDENT) as rpc:
        assert rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 19, 21))["status"] == "pending"


def test_plan_that_comes_after_its_cancellation_holds_nothing(bench_of):
    bench = bench_of("booking")
    cancel(bench, 2)
    plan(bench, 1)
    assert (held_rooms(bench), answers(bench)) == ([], [])


def test_cancellation_that_comes_after_a_newer_plan_takes_nothing_away(bench_of):
    bench = bench_of("booking")
    plan(bench, 3)
    cancel(bench, 2)
    assert (held_rooms(bench), answers(bench)) == (["edu-1"], [("room_granted", 3)])


def test_everything_delivered_again_changes_nothing(bench_of):
    bench = bench_of("booking")
    planned, cancelled = ids.new_id(), ids.new_id()
    for _ in range(3):
        plan(bench, 1, event_id=planned)
    assert (held_rooms(bench), answers(bench)) == (["edu-1"], [("room_granted", 1)])
    cancel(bench, 2, event_id=cancelled)
    for _ in range(2):
        plan(bench, 1, event_id=planned)
        plan(bench, 1)  # told again under another id
        cancel(bench, 2, event_id=cancelled)
    assert (held_rooms(bench), answers(bench)) == ([], [("room_granted", 1)])
    assert len(told(bench, "booking_cancelled")) == 1


def test_new_plan_takes_the_place_of_the_old_one_which_comes_too_late(bench_of):
    bench = bench_of("booking")
    plan(bench, 1)
    plan(bench, 3, space_id="edu-2")
    plan(bench, 2, space_id="meeting", attendees=10)
    assert held_rooms(bench) == ["edu-2"]
    assert answers(bench) == [("room_granted", 1), ("room_granted", 3)]


def test_new_plan_may_overlap_its_own_old_one(bench_of):
    bench = bench_of("booking")
    plan(bench, 1)
    plan(bench, 2, start="2020-03-20T20:00:00+09:00", end="2020-03-20T22:00:00+09:00")
    assert answers(bench) == [("room_granted", 1), ("room_granted", 2)]
    assert held_rooms(bench) == ["edu-1"]


def test_new_plan_that_is_refused_leaves_nothing_of_the_old_one(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc:
        rpc.booking.request_booking(**wanted("edu-2", "2020-03-20", 19, 21))
    plan(bench, 1)
    plan(bench, 2, space_id="edu-2")
    assert answers(bench) == [("room_granted", 1), ("room_refused", 2)]
    assert held_rooms(bench) == ["edu-2"]  # the resident's


@pytest.mark.parametrize("then", ["cancel", "replan inside", "replan outside"])
def test_closure_in_between_leaves_no_hold(bench_of, then):
    bench = bench_of("booking")
    plan(bench, 1)
    with bench.acting(STAFF) as rpc:
        closure = rpc.booking.declare_closure(**{"from": "2020-03-20", "to": "2020-03-22", "reason": "방역"})
    bench.settle()
    assert held_rooms(bench) == []
    assert [event["data"]["closure_id"] for event in told(bench, "booking_cancelled")] == [closure["id"]]
    if then == "cancel":
        cancel(bench, 2)
        expected = ([], [])
    elif then == "replan inside":
        plan(bench, 2, start="2020-03-21T10:00:00+09:00", end="2020-03-21T12:00:00+09:00")
        expected = ([], [("room_refused", 2)])
    else:
        plan(bench, 2, start="2020-03-24T19:00:00+09:00", end="2020-03-24T21:00:00+09:00")
        expected = (["edu-1"], [("room_granted", 2)])
    assert (held_rooms(bench), answers(bench)[1:]) == expected
    assert len(told(bench, "booking_cancelled")) == 1
    if then == "replan inside":
        refused = told(bench, "room_refused")[0]
        assert [each["code"] for each in refused["data"]["refusals"]] == ["closure"]


def test_plan_off_its_schema_is_a_dead_letter(bench_of):
    bench = bench_of("booking")
    plan(bench, attendees=0)
    assert (held_rooms(bench), answers(bench), len(dead_letters(bench))) == ([], [], 1)
