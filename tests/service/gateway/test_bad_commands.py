"""Commands about a booking or a closure that cannot be meant: each is told which field is wrong."""

import pytest

from tests.service.gateway.conftest import problem_of

CHANGES = {
    "nothing": ({}, "_schema"),
    "nothing but a scope": ({"scope": "all", "version": 1}, "_schema"),
    "scope unknown": ({"scope": "some", "title": "a"}, "scope"),
    "scope null": ({"scope": None, "title": "a"}, "scope"),
    "version zero": ({"version": 0, "title": "a"}, "version"),
    "version a fraction": ({"version": 1.5, "title": "a"}, "version"),
    "version beyond 32 bits": ({"version": 2**31, "title": "a"}, "version"),
    "space null": ({"space_id": None}, "space_id"),
    "start null": ({"start": None}, "start"),
    "end before start": ({"start": "2020-03-20T12:00:00Z", "end": "2020-03-20T11:00:00Z"}, "end"),
    "end too far": ({"start": "2020-03-20T12:00:00Z", "end": "2020-04-21T11:00:00Z"}, "end"),
    "title with NUL": ({"title": "a\0"}, "title"),
    "equipment null": ({"equipment": None}, "equipment"),
    "recurrence": ({"recurrence": {"rrule": "FREQ=WEEKLY;COUNT=3"}}, "recurrence"),
    "group": ({"group_id": "a"}, "group_id"),
    "status": ({"status": "approved"}, "status"),
}


@pytest.mark.parametrize(("change", "field"), CHANGES.values(), ids=CHANGES.keys())
def test_change_that_is_wrong_is_named(madang, resident, change, field):
    problem = problem_of(madang.call("PATCH", "/bookings/a", resident, json=change), 422)
    assert list(problem["errors"]) == [field]


DECISIONS = {
    "approve with a reason": ("/bookings/a/approve", {"reason_code": "other"}, "reason_code"),
    "approve some": ("/bookings/a/approve", {"scope": "some"}, "scope"),
    "reject without a reason": ("/bookings/a/reject", {"scope": "all"}, "reason_code"),
    "reject for no known reason": ("/bookings/a/reject", {"reason_code": "mood"}, "reason_code"),
    "reject with a long note": ("/bookings/a/reject", {"reason_code": "other", "note": "가" * 2001}, "note"),
    "cancel with a note with NUL": ("/bookings/a/cancel", {"note": "a\0"}, "note"),
    "cancel perhaps": ("/bookings/a/cancel", {"force_majeure": "perhaps"}, "force_majeure"),
    "cancel one": ("/bookings/a/cancel", {"force_majeure": 1}, "force_majeure"),
    "cancel null": ("/bookings/a/cancel", {"force_majeure": None}, "force_majeure"),
    "check in with a time": ("/bookings/a/check-in", {"at": "2020-03-20T10:00:00Z"}, "at"),
    "nobody comes": ("/spaces/lounge/walk-ins", {"change": 0}, "change"),
    "too many come": ("/spaces/lounge/walk-ins", {"change": 1001}, "change"),
    "too many go": ("/spaces/lounge/walk-ins", {"change": -1001}, "change"),
    "half of somebody comes": ("/spaces/lounge/walk-ins", {"change": 0.5}, "change"),
    "more go than are inside": ("/spaces/lounge/walk-ins", {"change": -900}, "change"),
    "no change": ("/spaces/lounge/walk-ins", {}, "change"),
    "a calendar of somebody else": ("/me/calendar", {"person_id": "minji"}, "person_id"),
}


@pytest.mark.parametrize(("path", "body", "field"), DECISIONS.values(), ids=DECISIONS.keys())
def test_command_that_is_wrong_is_named(madang, staff, path, body, field):
    problem = problem_of(madang.call("POST", path, staff, json=body), 422)
    assert list(problem["errors"]) == [field]


CLOSURE = {"from": "2020-05-01", "to": "2020-05-02", "reason": "공사"}
CLOSURES = {
    "no from": ({"from": ...}, "from"),
    "from null": ({"from": None}, "from"),
    "from a number": ({"from": 20200501}, "from"),
    "from no day": ({"from": "2020-02-30"}, "from"),
    "from no time": ({"from": "2020-05-01T25:00:00"}, "from"),
    "from out of range": ({"from": "1999-12-31"}, "from"),
    "from a word": ({"from": "tomorrow"}, "from"),
    "to far away": ({"to": "9999-12-31T23:59:59-23:59"}, "to"),
    "to the same day": ({"to": "2020-05-01"}, "to"),
    "to before from": ({"from": "2020-05-02T10:00:00", "to": "2020-05-02T09:00:00"}, "to"),
    "to before from, by their offsets": (
        {"from": "2020-05-02T10:00:00+09:00", "to": "2020-05-02T09:00:00+08:00"},
        "to",
    ),
    "to before from, one of them a day": ({"from": "2020-05-02T10:00:00+09:00", "to": "2020-05-02"}, "to"),
    "to in the past": ({"from": "2020-02-01", "to": "2020-02-02"}, "to"),
    "reason empty": ({"reason": ""}, "reason"),
    "reason too long": ({"reason": "가" * 501}, "reason"),
    "spaces a text": ({"space_ids": "edu-1"}, "space_ids"),
    "a space twice": ({"space_ids": ["edu-1", "edu-1"]}, "space_ids"),
    "too many spaces": ({"space_ids": [f"space-{number}" for number in range(101)]}, "space_ids"),
    "force majeure a word": ({"force_majeure": "yes"}, "force_majeure"),
    "unknown": ({"until": "2020-05-02"}, "until"),
}


@pytest.mark.parametrize(("change", "field"), CLOSURES.values(), ids=CLOSURES.keys())
def test_closure_that_is_wrong_is_named(madang, staff, change, field):
    wanted = {name: value for name, value in {**CLOSURE, **change}.items() if value is not ...}
    problem = problem_of(madang.call("POST", "/closures", staff, json=wanted), 422)
    assert list(problem["errors"]) == [field]


def test_closure_of_a_space_that_there_is_not_is_not_found(madang, staff):
    wanted = {**CLOSURE, "space_ids": ["edu-1", "attic"]}
    problem_of(madang.call("POST", "/closures", staff, json=wanted), 404, "not_found")
    problem_of(madang.call("PATCH", "/closures/a", staff, json={"to": "2020-05-02"}), 404, "not_found")
    problem_of(madang.call("DELETE", "/closures/a", staff), 404, "not_found")
