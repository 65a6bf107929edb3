"""The way of a series over HTTP: applied for, refused with what would do instead, changed, closed, cancelled."""

import time
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.service.gateway.conftest import Installation, application
from tests.waiting import wait_until

WEEKLY = {"rrule": "FREQ=WEEKLY;COUNT=4", "exdates": ["2020-03-25"]}
DAYS = ["2020-03-18", "2020-04-01", "2020-04-08"]


@pytest.fixture(scope="module")
def madang(tmp_path_factory) -> Iterator[Installation]:
    """Of this module's own: its closures would be in the way of others."""
    running = Installation(tmp_path_factory.mktemp("series"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def staff(madang) -> str:
    return madang.token("staff-1", "staff", name="이담당")


@pytest.fixture
def minji(madang, staff) -> Iterator[str]:
    """Somebody new for each test, whose bookings are gone after it."""
    somebody = madang.token(f"minji-{time.monotonic_ns()}", "resident", name="김민지")
    yield somebody
    for booking in madang.call("GET", "/bookings", somebody).json()["items"]:
        madang.call("POST", f"/bookings/{booking['id']}/cancel", staff)


@pytest.fixture
def junho(madang) -> str:
    return madang.token(f"junho-{time.monotonic_ns()}", "resident", name="박준호", locale="en")


def series(madang, person) -> dict:
    """Three Wednesdays, 10 to 12, with both projectors."""
    wanted = application(day=DAYS[0], recurrence=WEEKLY, equipment={"projector": 2}, field="village_community")
    answer = madang.call("POST", "/bookings", person, json=wanted)
    assert answer.status_code == 201, answer.text
    return answer.json()


def days_of(answer: dict) -> list[str]:
    return [each["start"][:10] for each in answer["occurrences"]]


def test_series_holds_all_its_dates_and_says_how_it_repeats(madang, minji):
    booked = series(madang, minji)
    assert days_of(booked) == DAYS
    assert booked["recurrence"] == {**WEEKLY, "number": 3}
    assert (booked["equipment"], booked["field"], booked["fee"]) == ({"projector": 2}, "village_community", 20000)
    found = madang.call("GET", f"/bookings?series_id={booked['series_id']}&from=2020-04-01&to=2020-04-08", minji)
    assert [each["start"] for each in found.json()["items"]] == ["2020-04-01T10:00:00+09:00"]


def test_taken_date_of_a_series_is_named_and_nothing_is_booked(madang, minji, junho):
    series(madang, minji)
    wanted = application(day="2020-03-25", recurrence={"rrule": "FREQ=WEEKLY;COUNT=3"})
    refused = madang.call("POST", "/bookings", junho, json=wanted)
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, "slot_taken")
    assert problem["refusals"][0]["details"]["dates"] == ["2020-04-01", "2020-04-08"]
    assert problem["detail"] == "Somebody else has applied for this time already."
    instead = [(each["space_id"], each["dates"]) for each in problem["alternatives"]]
    assert instead[0] == ("meeting", ["2020-03-25", "2020-04-01", "2020-04-08"])
    assert madang.call("GET", "/bookings", junho).json()["items"] == []


def test_less_equipment_or_another_time_is_offered(madang, minji, junho):
    series(madang, minji)
    wanted = application("edu-2", DAYS[1], equipment={"projector": 1})
    problem = madang.call("POST", "/bookings", junho, json=wanted).json()
    assert problem["detail"] == "Of projectors only 0 can be had at this time, not 1."
    assert problem["alternatives"][0] == {
        "space_id": "edu-2",
        "space_names": {"ko": "교육장 2", "en": "Classroom 2"},
        "start": "2020-04-01T10:00:00+09:00",
        "end": "2020-04-01T12:00:00+09:00",
        "dates": ["2020-04-01"],
        "equipment": {},
    }
    assert {each["equipment"].get("projector") for each in problem["alternatives"][1:]} == {1}


def test_availability_of_every_date_and_piece_is_asked_in_one_question(madang, minji):
    series(madang, minji)
    times = f"start={quote('2020-03-25T10:00:00+09:00')}&end={quote('2020-03-25T12:00:00+09:00')}"
    asked = f"/availability?{times}&rrule=FREQ=WEEKLY;COUNT=3&equipment="
    shown = {
        piece: {
            each["space"]["id"]: [refusal["code"] for refusal in each["refusals"]]
            for each in madang.call("GET", asked + piece).json()["items"]
        }
        for piece in ("microphone:4", "projector:1,microphone:4")
    }
    assert shown["microphone:4"]["edu-1"] == ["slot_taken"]
    assert shown["microphone:4"]["edu-2"] == []
    assert shown["projector:1,microphone:4"]["edu-2"] == ["equipment_short"]
    assert madang.call("GET", asked + "laser:1").status_code == 404


def test_change_of_the_following_dates_moves_them_and_asks_staff_again(madang, minji, staff):
    booked = series(madang, minji)
    approved = madang.call("POST", f"/bookings/{booked['id']}/approve", staff).json()
    assert [each["status"] for each in approved["occurrences"]] == ["approved"] * 3

    second = approved["occurrences"][1]["id"]
    later = {"start": "2020-04-01T13:00:00+09:00", "end": "2020-04-01T15:00:00+09:00"}
    changed = madang.call("PATCH", f"/bookings/{second}", minji, json={**later, "scope": "following"})
    assert changed.status_code == 200, changed.text
    assert [(each["start"][:13], each["status"]) for each in changed.json()["occurrences"]] == [
        ("2020-04-01T13", "pending"),
        ("2020-04-08T13", "pending"),
    ]
    first = madang.call("GET", f"/bookings/{booked['id']}", minji).json()
    assert (first["start"][:13], first["status"]) == ("2020-03-18T10", "approved")


def test_change_of_what_has_changed_meanwhile_is_stale(madang, minji, staff):
    booked = series(madang, minji)
    path = f"/bookings/{booked['id']}"
    first = madang.call("PATCH", path, minji, json={"title": "달라진 모임", "version": booked["version"]})
    assert (first.status_code, first.json()["title"]) == (200, "달라진 모임")
    stale = madang.call("PATCH", path, staff, json={"title": "다른 모임", "version": booked["version"]})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
    assert madang.call("GET", path, minji).json()["title"] == "달라진 모임"


def test_closure_cancels_what_it_touches_and_refuses_what_is_new(madang, minji, junho, staff):
    booked = series(madang, minji)
    closed = {"from": "2020-03-30", "to": "2020-04-05", "reason": "방역 소독", "force_majeure": True}
    declared = madang.call("POST", "/closures", staff, json=closed)
    assert declared.status_code == 201, declared.text
    closure = declared.json()
    assert closure["touches"] == {"bookings": 1, "people": 1}
    assert (closure["from"], closure["to"]) == ("2020-03-30T00:00:00+09:00", "2020-04-05T00:00:00+09:00")

    second = booked["occurrences"][1]["id"]
    fallen = wait_until(lambda: cancelled(madang, second, minji))
    assert (fallen["closure_id"], fallen["refund"]) == (closure["id"], 20000)
    refused = madang.call("POST", "/bookings", junho, json=application("edu-2", "2020-04-03")).json()
    assert refused["detail"] == "The centre is closed from 2020-03-30 00:00 to 2020-04-05 00:00: 방역 소독"
    refused = madang.call("POST", "/bookings", minji, json=application("edu-2", "2020-04-03")).json()
    assert refused["detail"] == "2020-03-30 00:00부터 2020-04-05 00:00까지 휴관합니다. 사유: 방역 소독"

    path = f"/closures/{closure['id']}"
    extended = madang.call("PATCH", path, staff, json={"to": "2020-04-09T12:00:00+09:00"})
    assert (extended.status_code, extended.json()["touches"]) == (200, {"bookings": 2, "people": 1})
    assert wait_until(lambda: cancelled(madang, booked["occurrences"][2]["id"], minji))

    lifted = madang.call("DELETE", path, staff)
    assert (lifted.status_code, lifted.json()["lifted_at"] is None) == (200, False)
    again = madang.call("DELETE", path, staff)
    assert (again.status_code, again.json()["detail"]) == (409, "이미 해제된 휴관입니다.")
    assert madang.call("GET", "/closures").json() == {"items": []}
    assert [each["id"] for each in madang.call("GET", "/closures?past=true").json()["items"]] == [closure["id"]]
    assert cancelled(madang, second, minji)


def test_whole_series_is_cancelled_with_its_refund(madang, minji, staff):
    booked = series(madang, minji)
    path = f"/bookings/{booked['id']}/cancel"
    refused = madang.call("POST", path, minji, json={"scope": "all", "force_majeure": True})
    assert refused.status_code == 403
    answer = madang.call("POST", path, minji, json={"scope": "all", "note": "사정이 생겼습니다."})
    assert (answer.status_code, answer.json()["refund"]) == (200, 20000)
    assert {each["status"] for each in answer.json()["occurrences"]} == {"cancelled"}

    asked = f"/decisions?action=cancel&actor_id={booked['requester']['id']}&limit=2"
    read = madang.call("GET", asked, staff).json()
    rest = madang.call("GET", f"{asked}&cursor={read['next_cursor']}", staff).json()
    about = {each["booking_id"] for each in read["items"] + rest["items"]}
    assert about == {each["id"] for each in booked["occurrences"]}
    assert (len(read["items"]), len(rest["items"]), rest["next_cursor"]) == (2, 1, None)
    last = read["items"][0]
    assert (last["before"]["status"], last["after"]["status"]) == ("pending", "cancelled")
    (about_one, first) = madang.call("GET", f"/bookings/{booked['id']}/decisions", staff).json()["items"]
    assert {about_one["booking_id"], first["booking_id"]} == {booked["id"]}
    assert (about_one["action"], first["action"], first["before"]) == ("cancel", "request", {})


def test_there_is_time_to_check_in_around_the_start(fresh):
    madang = fresh()
    minji, staff = madang.token("minji", "resident"), madang.token("staff-1", "staff")
    booked = series(madang, minji)
    path = f"/bookings/{booked['id']}"
    madang.call("POST", f"{path}/approve", staff, json={"scope": "this"})
    early = madang.call("POST", f"{path}/check-in", minji)
    assert (early.status_code, early.json()["detail"]) == (409, "2020-03-18 09:45부터 도착을 확인할 수 있습니다.")
    madang.call("POST", "/dev/clock", json={"now": "2020-03-18T09:50:00+09:00"})
    there = madang.call("POST", f"{path}/check-in", minji)
    assert (there.status_code, there.json()["status"]) == (200, "checked_in")


def test_what_the_numbers_say_of_it(madang, minji, staff):
    booked = series(madang, minji)
    madang.call("POST", f"/bookings/{booked['id']}/approve", staff, json={"scope": "this"})
    counted = madang.call("GET", "/statistics/bookings?from=2020-03-01&to=2020-04-01", staff)
    assert counted.status_code == 200
    (row,) = counted.json()["rows"]
    assert (row["space_id"], row["field"], row["bookings"], row["hours"]) == ("edu-1", "village_community", 1, 2.0)
    known = madang.call("GET", "/me/export?limit=2", minji).json()
    more = madang.call("GET", f"/me/export?limit=100&cursor={known['next_cursor']}", minji).json()
    assert more["next_cursor"] is None
    exported = known["booking"]["bookings"] + more["booking"]["bookings"]
    assert {each["id"] for each in exported} == {each["id"] for each in booked["occurrences"]}


def cancelled(madang, booking_id: str, person: str) -> dict | None:
    found = madang.call("GET", f"/bookings/{booking_id}", person).json()
    return found if found["status"] == "cancelled" else None
