"""Who is let onto which page of the support work, and what a form that nobody should send does: nothing."""

import pytest

from tests.service.gateway.browsing import Browser

NOBODY = "00000000-0000-0000-0000-000000000000"
# Nobody in particular, a resident, an activist, staff, an auditor
PEOPLE = (None, "minji", "yeonhwa", "jiwoo", "sangcheol")
READERS, STAFF = (302, 403, 403, 200, 200), (302, 403, 403, 200, 403)
LISTENERS, PERSON = (302, 403, 200, 200, 403), (302, 200, 200, 200, 200)
ELSEWHERE = (302, 200, 200, 303, 303)
"""Staff and auditors see there what everybody's is."""
UNKNOWN = (302, 404, 404, 404, 404)
PAGES = [
    ("/consulting", ELSEWHERE),
    ("/consulting/new", PERSON),
    (f"/consulting/{NOBODY}", UNKNOWN),
    ("/opportunities", PERSON),
    ("/opportunities/new", STAFF),
    (f"/opportunities/{NOBODY}", UNKNOWN),
    ("/villages", ELSEWHERE),
    ("/villages/visits/new", PERSON),
    (f"/villages/visits/{NOBODY}", UNKNOWN),
    ("/voices/new", LISTENERS),
    ("/assets/new", LISTENERS),
    ("/findings", PERSON),
    ("/actions", PERSON),
    ("/teaching", PERSON),
    (f"/surveys/{NOBODY}", UNKNOWN),
    *(
        (f"/support{path}", READERS)
        for path in (
            "",
            "?status=rated",
            "/programmes",
            "/visits",
            "/people",
            "/resources",
            "/resources/assets",
            "/resources/voices",
            "/network",
            "/surveys",
            "/lists",
        )
    ),
    *((f"/support/{of}/new", STAFF) for of in ("network/members", "network/meetings", "surveys")),
    *((f"/support/people/{of}", STAFF) for of in ("activist", "consultant")),
    *((f"/support/{of}/{NOBODY}", (302, 403, 403, 404, 404)) for of in ("programmes", "surveys", "network/meetings")),
]  # fmt: skip
FORMS = [
    f"/consulting/{NOBODY}/diagnosis",
    f"/consulting/{NOBODY}/consultant",
    "/opportunities/new",
    f"/opportunities/{NOBODY}/introductions",
    "/support/programmes",
    f"/support/programmes/{NOBODY}/communities",
    f"/support/programmes/{NOBODY}/activists",
    "/support/people/activist",
    "/support/people/consultant",
    "/support/resources/findings",
    f"/support/resources/findings/{NOBODY}/deeds",
    "/support/network/members/new",
    "/support/network/meetings/new",
    f"/support/network/meetings/{NOBODY}/actions",
    "/support/surveys/new",
    "/support/lists",
]


@pytest.fixture(scope="module")
def browsers(madang) -> list[Browser]:
    browsers = []
    for person in PEOPLE:
        browser = Browser(madang)
        if person:
            browser.log_in(person)
        browsers.append(browser)
    return browsers


@pytest.mark.parametrize(("path", "statuses"), PAGES, ids=str)
def test_page_is_for_whom_it_is(browsers, path, statuses):
    assert tuple(browser.get(path).status_code for browser in browsers) == statuses


@pytest.mark.parametrize("path", FORMS)
def test_form_of_staff_is_sent_by_nobody_else(browsers, path):
    answers = [browser.submit(path).status_code for browser in browsers]
    assert (answers[0], answers[1], answers[2], answers[4]) == (302, 403, 403, 403)
    assert answers[3] in {404, 409, 422}


def test_form_without_its_token_is_not_taken(browsers):
    sent = browsers[3].ask("POST", "/support/programmes", data={"title": "사업", "year": "2020", "stage": "forming"})
    assert sent.status_code == 403


@pytest.mark.parametrize(
    ("path", "fields", "field"),
    [
        ("/consulting/new", {"topic": "finance"}, "title"),
        ("/consulting/new", {"title": "장부", "topic": "colour"}, "topic"),
        ("/support/programmes", {"title": "사업", "stage": "forming", "year": "이천"}, "year"),
        ("/support/people/consultant", {"id": "kim", "name": "김자문", "topics": "finance", "most": "다섯"}, "most"),
        ("/support/network/meetings/new", {"title": "회의", "day": "2020-02-30", "at": "10:00"}, "day"),
        ("/support/surveys/new", {"subject": "consultation", "subject_id": NOBODY, "title": "설문"}, "closes"),
        ("/support/lists", {"kind": "colours"}, "kind"),
        ("/support/lists", {"kind": "members"}, "content"),
        ("/support/lists", {"kind": "members", "confirmed": "1", "format": "csv", "content": "%"}, "content"),
        ("/assets/new", {"kind": "person", "name": "박장인", "source": "면담", "consent": "not_needed"}, "consent"),
        ("/opportunities/new", {"channel": "fair", "title": "장터", "closes_on": "내일"}, "closes_on"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(browsers, path, fields, field):
    page = browsers[3].submit(path, **fields)
    assert page.status_code in {409, 422}
    assert f'id="{field}-wrong"' in page.text
