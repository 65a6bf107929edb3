"""Values, defaults and choices behave over HTTP as the document says."""

import pytest

from tests.service.gateway.browsing import Browser
from tests.service.gateway.conftest import problem_of

NOTICE = "/templates/booking_approved/alimtalk/ko"
LONGEST_PHONE = "+82 (10) --  1234 -- 5678"
OPPORTUNITY = {"channel": "fair", "title": "봄 장터"}


@pytest.fixture(scope="module")
def office(madang) -> Browser:
    """Client of a member of staff."""
    browser = Browser(madang)
    browser.log_in("jiwoo")
    return browser


@pytest.fixture(scope="module")
def opportunity(madang, staff) -> str:
    """Its address; 31 organisations were introduced."""
    made = madang.call("POST", "/opportunities", staff, json=OPPORTUNITY).json()["id"]
    for number in range(31):
        body = {"organisation_id": f"org-{number}", "organisation_name": f"협동조합 {number}"}
        assert madang.call("POST", f"/opportunities/{made}/introductions", staff, json=body).status_code == 201
    return f"/opportunities/{made}"


@pytest.fixture(scope="module")
def consultants(madang, staff) -> str:
    for number in range(31):
        body = {"name": f"자문 {number}", "topics": ["finance"], "active": False}
        assert madang.call("PUT", f"/consultants/reserve-{number}", staff, json=body).status_code == 200
    return "/consultants"


@pytest.fixture(scope="module")
def export(madang) -> str:
    """Client of a person with 31 bookings."""
    person = madang.token("export-31", "staff")
    series = {
        "space_id": "meeting",
        "start": "2020-09-01T18:00:00+09:00",
        "end": "2020-09-01T19:00:00+09:00",
        "title": "저녁 모임",
        "purpose": "meeting",
        "attendees": 5,
        "recurrence": {"rrule": "FREQ=WEEKLY;BYDAY=TU;COUNT=31"},
    }
    answer = madang.call("POST", "/bookings", person, json=series)
    assert answer.status_code == 201, answer.text
    return "/me/export"


@pytest.mark.parametrize(("phone", "status"), [(LONGEST_PHONE, 200), (f"{LONGEST_PHONE[:-1]} 8", 422), ("12345", 422)])
def test_phone_is_taken_by_the_page_as_by_the_interface(madang, phone, status):
    body = {"email": "documented@example.com", "phone": phone, "locale": "ko"}
    person = madang.token("documented-1", "resident")
    assert madang.call("PUT", "/me/contact", person, json=body).status_code == status
    browser = Browser(madang)
    browser.log_in("sora")
    answer = browser.submit("/me/contact", name="소라", **body)
    assert answer.status_code == {200: 303}.get(status, status), answer.text


@pytest.mark.parametrize("thing", ["consultants", "opportunity", "export"])
def test_page_of_a_list_has_30_items_unless_it_is_asked_for_others(madang, staff, request, thing):
    address = request.getfixturevalue(thing)
    path = {"opportunity": f"{address}/introductions"}.get(thing, address)
    person = madang.token("export-31", "staff") if thing == "export" else staff
    for query, number in (("", 30), ("?limit=100", 31)):
        answer = madang.call("GET", path + query, person).json()
        items = answer["booking"]["bookings"] if thing == "export" else answer["items"]
        assert len(items) >= 31 if query and thing == "consultants" else len(items) == number
        assert (answer["next_cursor"] is None) == bool(query)


def test_template_is_registered_before_anything_else_is_written_down(madang, staff):
    """REG is known: where it cannot be reached, the state refuses it."""
    source = {"source": "{{ title }}", "version": 0}
    made = madang.call("PUT", NOTICE, staff, json=source)
    assert (made.status_code, made.json().get("approval")) == (200, "REG"), made.text
    for approval, status, code in (("REG", 409, "illegal_transition"), ("ABC", 422, "invalid")):
        problem_of(madang.call("POST", f"{NOTICE}/approval", staff, json={"approval": approval}), status, code)
    assert madang.call("POST", f"{NOTICE}/approval", staff, json={"approval": "REQ"}).json()["approval"] == "REQ"


def test_result_of_an_introduction_is_named_on_the_page_and_in_the_interface(madang, staff, office, opportunity):
    made = madang.call("GET", f"{opportunity}/introductions", staff).json()["items"][0]
    problem = problem_of(madang.call("POST", f"/introductions/{made['id']}/result", staff, json={"amount": 5}), 422)
    assert list(problem["errors"]) == ["result"]
    page = f"{opportunity}/introductions/{made['id']}"
    assert office.submit(page, amount="300000000").status_code == 422
    assert office.submit(page, result="contract", amount="300000000").status_code == 303
    answer = madang.call("GET", f"{opportunity}/introductions", staff).json()["items"]
    (after,) = [each for each in answer if each["id"] == made["id"]]
    assert (after["result"], after["amount"]) == ("contract", 300_000_000)


def test_tie_vote_is_about_two_applications_at_least(madang, staff):
    vote = {"application_ids": ["a-1"]}
    problem = problem_of(madang.call("POST", "/calls/no-call/tie-votes", staff, json=vote), 422)
    assert list(problem["errors"]) == ["application_ids"]


def test_grounds_for_an_exemption_stand_with_the_spaces(madang):
    grounds = madang.call("GET", "/spaces", headers={"Accept-Language": "en"}).json()["exemptions"]
    assert {each["id"]: each["percent"] for each in grounds} == {
        "public_benefit": 100,
        "village_grant": 50,
        "social_enterprise": 50,
    }
    assert grounds[1]["name"] == "Group in the community grant programme"
