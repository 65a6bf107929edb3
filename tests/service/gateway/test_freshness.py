"""ETags: who has an answer is not sent it again, and nobody changes what is no longer as they read it."""

import pytest

from tests.service.gateway.conftest import application, problem_of

DAY = "2020-04-09"


@pytest.fixture(scope="module")
def person(madang) -> str:
    return madang.token("fresh-resident", "resident")


@pytest.fixture
def booking(madang, person, staff):
    made = madang.call("POST", "/bookings", person, json=application("meeting", DAY)).json()
    yield f"/bookings/{made['id']}"
    madang.call("POST", f"/bookings/{made['id']}/cancel", staff)


def changed(madang, person, path, attendees: int, tag: str | None, **more):
    headers = {"If-Match": tag} if tag else {}
    return madang.call("PATCH", path, person, json={"attendees": attendees, **more}, headers=headers)


def test_answer_is_not_sent_again_while_it_is_as_it_was(madang, person, booking):
    first = madang.call("GET", booking, person)
    tag = first.headers["ETag"]
    again = madang.call("GET", booking, person, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Cache-Control"] == "private, no-cache"
    assert changed(madang, person, booking, 11, None).status_code == 200
    now = madang.call("GET", booking, person, headers={"If-None-Match": tag})
    assert (now.status_code, now.json()["attendees"]) == (200, 11)


@pytest.mark.parametrize(
    "path", ["/spaces", "/bookings", "/closures", f"/spaces/edu-1/timeline?from={DAY}&to=2020-04-10"]
)
def test_what_is_polled_has_a_tag(madang, person, path):
    tag = madang.call("GET", path, person).headers["ETag"]
    assert madang.call("GET", path, person, headers={"If-None-Match": tag}).status_code == 304


def test_answers_may_differ_by_language_and_by_who_asks(madang):
    named = {each.strip() for each in madang.call("GET", "/closures").headers["Vary"].split(",")}
    assert named == {"Accept-Language", "Authorization", "Cookie"}


def test_change_of_what_was_read_is_made(madang, person, booking):
    tag = madang.call("GET", booking, person).headers["ETag"]
    answer = changed(madang, person, booking, 11, tag)
    assert (answer.status_code, answer.json()["attendees"]) == (200, 11)


@pytest.mark.parametrize("weak", ["", "W/"])
def test_change_of_what_has_changed_since_is_refused(madang, person, booking, weak):
    """Negative control: without the tag the second change overwrites the first."""
    tag = madang.call("GET", booking, person).headers["ETag"]
    assert changed(madang, person, booking, 11, tag).status_code == 200
    problem_of(changed(madang, person, booking, 9, weak + tag), 412, "stale_version")
    assert madang.call("GET", booking, person).json()["attendees"] == 11
    assert changed(madang, person, booking, 9, None).json()["attendees"] == 9


def test_any_version_will_do(madang, person, booking):
    assert changed(madang, person, booking, 11, "*").status_code == 200


@pytest.mark.parametrize("tag", ['"abc"', '""', "made up", '"-1"', '"99999999999999999999"'])
def test_tag_that_is_none_of_ours_is_refused(madang, person, booking, tag):
    assert "If-Match" in problem_of(changed(madang, person, booking, 11, tag), 422)["errors"]


def test_version_that_a_booking_never_has_is_not_the_last(madang, person, booking):
    """Templates as Madang brings them are version 0."""
    problem_of(changed(madang, person, booking, 11, '"0"'), 412, "stale_version")


def test_tag_and_version_must_be_of_one_mind(madang, person, booking):
    tag = madang.call("GET", booking, person).headers["ETag"]
    problem = problem_of(changed(madang, person, booking, 11, tag, version=9), 422)
    assert problem["errors"] == {"If-Match": ["이 값과 `version`이 서로 다릅니다."]}
