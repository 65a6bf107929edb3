"""The acceptance scenarios of DOMAIN, Training: 30 to 33, on SQLite and on PostgreSQL."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.people import RESIDENT, STAFF
from tests.service.training.courses.centre import (
    TEACHER,
    all_of,
    codes,
    created,
    enrolled,
    error_of,
    person,
    published,
    rows,
    session,
    told,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2020-03-{text}+09:00")


def test_scenario_30_five_of_25_wait_and_a_silent_first_loses_the_place_to_the_second(bench_of):
    bench = bench_of("booking", "training")
    course_id, _ = published(bench)
    made = enrolled(bench, course_id, range(1, 26))
    assert [each["status"] for each in made] == ["confirmed"] * 20 + ["waiting"] * 5
    assert [each["position"] for each in made[20:]] == [1, 2, 3, 4, 5]

    with bench.acting(person(7)) as rpc:
        assert rpc.training.cancel_enrolment(enrolment_id=made[6]["id"])["status"] == "cancelled"
    first, second = mine(bench, 21), mine(bench, 22)
    assert (first["status"], first["offer_until"]) == ("offered", "2020-03-11T09:00:00+09:00")
    assert (second["status"], second["position"]) == ("waiting", 1)

    bench.move_clock(at("11T08:59:59"))
    assert mine(bench, 21)["status"] == "offered"
    bench.move_clock(at("11T09:00:00"))
    first, second = mine(bench, 21), mine(bench, 22)
    assert (first["status"], first["reason_code"]) == ("lapsed", "offer_expired")
    assert (second["status"], second["offer_until"]) == ("offered", "2020-03-12T09:00:00+09:00")
    with bench.acting(person(21)) as rpc:
        assert codes(error_of(rpc.training.accept_place, enrolment_id=first["id"])) == ["offer_expired"]
    with bench.acting(person(22)) as rpc:
        assert rpc.training.accept_place(enrolment_id=second["id"])["status"] == "confirmed"
    assert rows(bench, "SELECT taken, waiting FROM courses") == [(20, 3)]
    assert [event["data"]["person_id"] for event in told(bench, "place_offered")] == ["person-021", "person-022"]
    assert [event["data"]["person_id"] for event in told(bench, "place_lapsed")] == ["person-021"]


def mine(bench, number: int) -> dict[str, Any]:
    """The newest enrolment of somebody."""
    with bench.acting(person(number)) as rpc:
        return rpc.training.list_enrolments()["items"][0]


@pytest.mark.parametrize(("minutes", "issued"), [(1199, 0), (1200, 1)])
def test_scenario_31_1199_of_1500_minutes_bring_no_certificate_and_1200_do(bench_of, minutes, issued):
    bench = bench_of("booking", "training")
    days = ["2020-03-23", "2020-03-24", "2020-03-25", "2020-03-26", "2020-03-27"]
    course_id, sessions = published(bench, *(session(day, 10, 15) for day in days))
    enrolled(bench, course_id, range(1, 2))
    bench.move_clock(at("27T15:00:00"))
    left = minutes
    with all_of(bench, TEACHER, STAFF) as (teacher, staff):
        for number, (day, session_id) in enumerate(zip(days, sessions, strict=True)):
            begins = datetime.fromisoformat(f"{day}T10:00:00+09:00")
            stays = timedelta(minutes=min(left, 300))
            left -= min(left, 300)
            teacher.record_attendance(session_id=session_id, entries=came_and_went(number, begins, begins + stays))
        completed = staff.complete_course(course_id=course_id)
    assert len(completed["certificates"]) == issued
    assert [each["refusal"]["code"] for each in completed["withheld"]] == ["certificate_withheld"] * (1 - issued)
    entry = mine(bench, 1)
    assert (entry["minutes"], entry["of_minutes"]) == (minutes, 1500)


def came_and_went(number: int, came: datetime, went: datetime) -> list[dict[str, str]]:
    known = {"person_id": person(1).id}
    return [
        {**known, "nonce": f"{number}-in", "direction": "in", "at": came.isoformat()},
        {**known, "nonce": f"{number}-out", "direction": "out", "at": went.isoformat()},
    ]


def test_scenario_32_a_cancelled_session_of_four_does_not_count(bench_of):
    bench = bench_of("booking", "training")
    days = ["2020-03-23", "2020-03-24", "2020-03-25", "2020-03-26"]
    course_id, sessions = published(bench, *(session(day, 10, 12) for day in days))
    enrolled(bench, course_id, range(1, 2))
    with bench.acting(STAFF) as rpc:
        rpc.training.cancel_session(session_id=sessions[1], reason_code="instructor")
    bench.move_clock(at("26T12:00:00"))
    with all_of(bench, TEACHER, STAFF) as (teacher, staff):
        held = [each for number, each in enumerate(zip(days, sessions, strict=True)) if number != 1]
        for number, (day, session_id) in enumerate(held):
            begins = datetime.fromisoformat(f"{day}T10:00:00+09:00")
            entries = came_and_went(number, begins, begins + timedelta(hours=2))
            teacher.record_attendance(session_id=session_id, entries=entries)
        (certificate,) = staff.complete_course(course_id=course_id)["certificates"]
    assert (certificate["minutes"], certificate["of_minutes"]) == (360, 360)


def test_scenario_33_instructor_is_not_in_two_places(bench_of):
    bench = bench_of("booking", "training")
    created(bench, session(start=19, end=21))
    with bench.acting(STAFF) as rpc:
        other = rpc.training.create_course(title="다른 과정", capacity=10, enrol_from=OPENS, enrol_until=CLOSES)
        refused = error_of(
            rpc.training.plan_session, course_id=other["id"], **session(start=20, end=22, space_id="edu-2")
        )
        assert codes(refused) == ["instructor_busy"]
        rpc.training.plan_session(course_id=other["id"], **session(start=21, end=22, space_id="edu-2"))
    bench.settle()
    assert rows(bench, "SELECT status FROM course_sessions ORDER BY starts_at") == [("confirmed",), ("confirmed",)]
    assert rows(bench, "SELECT count(*) FROM holds", "booking") == [(2,)]


def test_scenario_33_session_whose_room_is_refused_is_never_confirmed_and_holds_nothing(bench_of):
    bench = bench_of("booking", "training")
    with bench.acting(RESIDENT) as rpc:
        rpc.booking.request_booking(
            space_id="edu-1",
            start="2020-03-20T18:00:00+09:00",
            end="2020-03-20T20:00:00+09:00",
            title="모임",
            purpose="community",
            attendees=10,
        )
    course_id, _ = created(bench, session(start=19, end=21))
    bench.settle()
    with bench.acting(STAFF) as rpc:
        (planned,) = rpc.training.get_course(course_id=course_id)["sessions"]
        assert (planned["status"], [each["code"] for each in planned["refusals"]]) == ("refused", ["slot_taken"])
        assert codes(error_of(rpc.training.publish_course, course_id=course_id)) == ["room_refused"]
    assert told(bench, "session_confirmed") == []
    assert rows(bench, "SELECT count(*) FROM holds", "booking") == [(1,)]  # the resident's
    with bench.acting(STAFF) as rpc:  # the instructor is free again, and the session gets another room
        again = session(start=19, end=21, space_id="edu-2")
        rpc.training.plan_session_again(session_id=planned["id"], **again)
    bench.settle()
    assert rows(bench, "SELECT status, redated FROM course_sessions") == [("confirmed", False)]


OPENS, CLOSES = "2020-03-10T00:00:00+09:00", "2020-03-18T18:00:00+09:00"
