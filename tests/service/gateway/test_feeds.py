"""Calendar feeds: who may read them, and what a reader that comes again is sent."""

import pytest

from tests.service.gateway.conftest import application

TITLE = "비밀 회의"


@pytest.fixture(scope="module")
def person(madang) -> str:
    somebody = madang.token("subscriber", "resident", name="이서연")
    wanted = application("meeting", "2020-03-18", title=TITLE)
    assert madang.call("POST", "/bookings", somebody, json=wanted).status_code == 201
    return somebody


def test_feed_of_a_space_is_for_everybody_and_says_no_more_than_when(madang, person):
    feed = madang.call("GET", "/spaces/meeting/calendar.ics")
    assert (feed.status_code, feed.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert feed.headers["Cache-Control"] == "public, max-age=300"
    assert "DTSTART;TZID=Asia/Seoul:20200318T100000" in feed.text
    assert TITLE not in feed.text
    assert "subscriber" not in feed.text
    assert madang.call("GET", "/spaces/attic/calendar.ics").status_code == 404


def test_reader_that_has_the_feed_is_told_that_nothing_has_changed(madang, person):
    first = madang.call("GET", "/spaces/meeting/calendar.ics")
    known = {"If-None-Match": f'"other", {first.headers["ETag"]}'}
    again = madang.call("GET", "/spaces/meeting/calendar.ics", headers=known)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert again.headers["Cache-Control"] == "public, max-age=300"
    assert "Content-Type" not in again.headers

    later = application("meeting", "2020-03-18", 13, 14)
    assert madang.call("POST", "/bookings", person, json=later).status_code == 201
    changed = madang.call("GET", "/spaces/meeting/calendar.ics", headers=known)
    assert (changed.status_code, changed.headers["ETag"] == first.headers["ETag"]) == (200, False)


def test_address_of_a_persons_feed_is_told_once_and_can_be_taken_back(madang, person):
    made = madang.call("POST", "/me/calendar", person)
    path = made.json()["path"]
    assert (made.status_code, made.headers["Location"]) == (201, path)
    feed = madang.call("GET", path)
    assert (feed.status_code, feed.headers["Cache-Control"]) == (200, "private, max-age=300")
    assert f"SUMMARY:{TITLE}" in feed.text
    head = madang.call("HEAD", path)
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", feed.headers["ETag"])

    renewed = madang.call("POST", "/me/calendar", person).json()["path"]
    assert [madang.call("GET", each).status_code for each in (path, renewed)] == [404, 200]
    taken_back = madang.call("DELETE", "/me/calendar", person)
    assert (taken_back.status_code, taken_back.content) == (204, b"")
    assert madang.call("GET", renewed).status_code == 404
    assert madang.call("DELETE", "/me/calendar", person).status_code == 404


def test_secret_of_a_feed_is_told_once_and_is_in_no_log(madang, person):
    once = {"Idempotency-Key": "secret-1"}
    made = madang.call("POST", "/me/calendar", person, headers=once).json()
    assert madang.call("POST", "/me/calendar", person, headers=once).status_code == 422
    assert madang.call("GET", made["path"]).status_code == 200
    assert made["secret"] not in madang.log()
