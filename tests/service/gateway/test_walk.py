"""The way of a booking over HTTP, and what each of those concerned may do and see."""

import pytest

from tests.service.gateway.conftest import application

BOOKING_KEYS = {
    "id", "space_id", "status", "kind", "title", "purpose", "field", "attendees", "equipment", "start", "end",
    "requester", "group_id", "series_id", "recurrence", "fee", "refund", "allowance_minutes", "exemption", "closure_id",
    "requested_at", "changed_at", "decide_by", "decided_at", "reason_code", "note", "version",
}  # fmt: skip


def test_spaces_are_listed_for_everybody(madang):
    answer = madang.call("GET", "/spaces")
    assert answer.status_code == 200
    assert [space["id"] for space in answer.json()["items"]] == ["edu-1", "edu-2", "meeting", "lounge", "hall"]
    assert answer.json()["items"][2]["name"] == "회의실"
    english = madang.call("GET", "/spaces", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert english.json()["items"][2]["name"] == "Meeting room"
    assert english.headers["Content-Language"] == "en"


def test_a_booking_from_application_to_approval(madang, resident, neighbour, staff):
    asked = madang.call("POST", "/bookings", resident, json=application())
    assert asked.status_code == 201
    booking = asked.json()
    occurrences = booking.pop("occurrences")
    assert booking.keys() == BOOKING_KEYS
    assert [each["id"] for each in occurrences] == [booking["id"]]
    assert (booking["status"], booking["requester"]) == ("pending", {"id": "minji", "name": "김민지"})
    path = f"/bookings/{booking['id']}"
    assert asked.headers["Location"] == f"/api/v1{path}"

    assert madang.call("GET", path, resident).json() == booking
    assert madang.call("GET", path, neighbour).status_code == 404
    assert madang.call("POST", f"{path}/approve", resident).status_code == 403
    approved = madang.call("POST", f"{path}/approve", staff, json={})
    assert (approved.status_code, approved.json()["status"]) == (200, "approved")
    again = madang.call("POST", f"{path}/approve", staff)
    assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")

    decisions = madang.call("GET", f"{path}/decisions", staff).json()["items"]
    assert [each["action"] for each in decisions] == ["approve", "request"]
    assert madang.call("GET", f"{path}/decisions", resident).status_code == 403


def test_a_taken_slot_is_refused_with_its_reasons(madang, resident, neighbour):
    assert madang.call("POST", "/bookings", resident, json=application(day="2020-03-23")).status_code == 201
    refused = madang.call("POST", "/bookings", neighbour, json=application(day="2020-03-23", start=11, end=13))
    problem = refused.json()
    assert refused.status_code == 409
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert problem["code"] == "slot_taken"
    assert [each["code"] for each in problem["refusals"]] == ["slot_taken"]
    assert problem["refusals"][0]["message"] == problem["detail"] == "이미 다른 분이 신청한 시간입니다."


def test_every_refusal_is_named(madang, resident):
    wrong = application(day="2020-03-21", start=17, end=20, attendees=31, purpose="political")
    problem = madang.call("POST", "/bookings", resident, json=wrong).json()
    assert [each["code"] for each in problem["refusals"]] == ["outside_hours", "forbidden_purpose", "over_capacity"]


def test_a_rejection_has_a_reason(madang, resident, staff):
    booking = madang.call("POST", "/bookings", resident, json=application(day="2020-03-24")).json()
    path = f"/bookings/{booking['id']}/reject"
    assert madang.call("POST", path, staff, json={}).status_code == 422
    rejected = madang.call("POST", path, staff, json={"reason_code": "incomplete", "note": "인원을\n알려 주세요."})
    assert rejected.status_code == 200
    assert (rejected.json()["status"], rejected.json()["note"]) == ("rejected", "인원을\n알려 주세요.")


def test_a_cancelled_booking_gives_its_room_back(madang, resident, neighbour):
    booking = madang.call("POST", "/bookings", resident, json=application(day="2020-03-25")).json()
    assert madang.call("POST", f"/bookings/{booking['id']}/cancel", neighbour).status_code == 404
    assert madang.call("POST", f"/bookings/{booking['id']}/cancel", resident).json()["status"] == "cancelled"
    assert madang.call("POST", "/bookings", neighbour, json=application(day="2020-03-25")).status_code == 201


def test_lists_are_paged_and_show_only_ones_own(madang, staff):
    somebody = madang.token("paging", "resident")
    for hour in (9, 10, 11):
        wanted = application("meeting", "2020-03-26", hour, hour + 1)
        assert madang.call("POST", "/bookings", somebody, json=wanted).status_code == 201
    first = madang.call("GET", "/bookings?limit=2", somebody).json()
    second = madang.call("GET", f"/bookings?limit=2&cursor={first['next_cursor']}", somebody).json()
    assert [each["start"][11:13] for each in first["items"] + second["items"]] == ["11", "10", "09"]
    assert second["next_cursor"] is None
    everything = madang.call("GET", "/bookings?space_id=meeting&status=pending&limit=100", staff).json()["items"]
    assert {"paging"} <= {each["requester"]["id"] for each in everything}


def test_timeline_shows_days_and_no_titles_to_others(madang, resident):
    madang.call("POST", "/bookings", resident, json=application("edu-2", "2020-03-27"))
    answer = madang.call("GET", "/spaces/edu-2/timeline?from=2020-03-27&to=2020-03-29")
    assert answer.status_code == 200
    friday, saturday = answer.json()["days"]
    assert (friday["date"], friday["closes"]) == ("2020-03-27", "2020-03-27T21:00:00+09:00")
    assert saturday["closes"] == "2020-03-28T18:00:00+09:00"
    assert [(each["start"], each["title"]) for each in friday["entries"]] == [("2020-03-27T10:00:00+09:00", None)]
    assert madang.call("GET", "/spaces/attic/timeline?from=2020-03-27&to=2020-03-29").status_code == 404


def test_availability_says_why_not(madang):
    times = "start=2020-03-30T10:00:00%2B09:00&end=2020-03-30T12:00:00%2B09:00"
    items = madang.call("GET", f"/availability?{times}&attendees=35").json()["items"]
    found = {each["space"]["id"]: [refusal["code"] for refusal in each["refusals"]] for each in items}
    assert found == {
        "edu-1": ["over_capacity"],
        "edu-2": ["over_capacity"],
        "meeting": ["over_capacity"],
        "lounge": [],
        "hall": [],
    }


def test_me_and_where_i_am_reached(madang):
    somebody = madang.token("reached", "resident", name="이서연", orgs=["행복마을"])
    assert madang.call("GET", "/me", somebody).json() == {
        "id": "reached",
        "name": "이서연",
        "roles": ["resident"],
        "orgs": ["행복마을"],
        "locale": "ko",
    }
    assert madang.call("GET", "/me/contact", somebody).status_code == 404
    contact = {"email": "seoyeon@example.com", "phone": "010-1234-5678", "locale": "ko"}
    stored = madang.call("PUT", "/me/contact", somebody, json=contact)
    assert stored.status_code == 200
    shown = madang.call("GET", "/me/contact", somebody).json()
    assert shown == stored.json()
    assert (shown["person_id"], shown["name"], shown["phone"]) == ("reached", "이서연", "+821012345678")


def test_messages_are_for_staff(madang, resident, staff):
    assert madang.call("GET", "/messages", resident).status_code == 403
    answer = madang.call("GET", "/messages?limit=5", staff)
    assert (answer.status_code, sorted(answer.json())) == (200, ["items", "next_cursor"])


@pytest.mark.parametrize("header", [{"Idempotency-Key": "walk-1"}, {"Idempotency-Key": "마을".encode().hex()}])
def test_the_same_idempotency_key_gives_the_first_answer_again(madang, resident, header):
    day = "2020-03-31" if "walk" in header["Idempotency-Key"] else "2020-04-01"
    first = madang.call("POST", "/bookings", resident, json=application(day=day), headers=header)
    again = madang.call("POST", "/bookings", resident, json=application(day=day), headers=header)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    other = madang.call("POST", "/bookings", resident, json=application(day=day, start=14, end=15), headers=header)
    assert (other.status_code, other.json()["code"]) == (422, "invalid")


def test_the_clock_is_moved_forward_only(fresh):
    madang = fresh()
    moved = madang.call("POST", "/dev/clock", json={"now": "2020-03-12T09:00:00+09:00"})
    assert moved.status_code == 200
    assert "2020-03-12T00:00:00" <= moved.json()["now"] < "2020-03-12T12:00:00"  # it goes on from there
    back = madang.call("POST", "/dev/clock", json={"now": "2020-03-11T09:00:00+09:00"})
    assert (back.status_code, back.json()["code"]) == (409, "illegal_transition")
    assert "뒤로" in back.json()["detail"]
    key = {"Idempotency-Key": "clock"}
    first = madang.call("POST", "/dev/clock", json={"now": "2020-03-13T09:00:00+09:00"}, headers=key)
    again = madang.call("POST", "/dev/clock", json={"now": "2020-03-13T09:00:00+09:00"}, headers=key)
    assert (again.status_code, again.json()) == (200, first.json())


def test_mails_of_an_application_and_its_approval_are_in_the_mailbox(fresh):
    madang = fresh()
    resident, staff = madang.token("minji", "resident", name="김민지"), madang.token("staff-1", "staff")
    contact = {"email": "minji@example.com", "locale": "ko"}
    assert madang.call("PUT", "/me/contact", resident, json=contact).status_code == 200
    booking = madang.call("POST", "/bookings", resident, json=application()).json()
    assert madang.call("POST", f"/bookings/{booking['id']}/approve", staff).status_code == 200
    madang.call("POST", "/dev/clock", json={"now": "2020-03-10T10:00:00+09:00"})
    mails = madang.call("GET", "/dev/mailbox").json()["items"]
    assert [(mail["to"], mail["channel"], mail["locale"]) for mail in mails] == [
        ("minji@example.com", "email", "ko")
    ] * 2
