"""What is written into forms is taken, or refused beside its field: nothing of it is dropped unseen."""

import re

import pytest

from tests.service.gateway.browsing import Browser
from tests.service.gateway.test_courses import new_course, new_session

COURSE = {"title": "장 담그기", "capacity": "8", "enrol_from": "2020-03-10", "enrol_until": "2020-03-18"}
DRAFT = {
    "category": "service",
    "audience": {"kind": "everyone"},
    "channels": ["inbox"],
    "texts": {"ko": {"subject": "마을 장터", "body": "토요일에 엽니다."}},
}
CHOSEN = {"audience": "everyone", "category": "service", "channels": "inbox"}
TEXT = {**CHOSEN, "subject_ko": "마을 장터", "body_ko": "일요일에 엽니다."}
TEMPLATE = "/templates/booking_approved/email/ko"
VERSION = re.compile(r'name="version" value="([^"]*)"')


@pytest.fixture(scope="module")
def office(madang) -> Browser:
    """Of staff."""
    browser = Browser(madang)
    browser.log_in("jiwoo")
    return browser


@pytest.fixture
def draft(madang, staff) -> str:
    answer = madang.call("POST", "/broadcasts", staff, json=DRAFT)
    assert answer.status_code == 201, answer.text
    return f"/broadcasts/{answer.json()['id']}"


@pytest.fixture(scope="module")
def survey(madang, staff) -> str:
    """Its address; it asks sora."""
    sora = madang.token("sora", "member", orgs=["haneul-coop"])
    asked = {"topic": "finance", "title": "장부", "need": "간편장부면 될까요?", "organisation_id": "haneul-coop"}
    case = madang.call("POST", "/consultations", sora, json=asked).json()["id"]
    survey = {
        "subject": "consultation",
        "subject_id": case,
        "title": "도움이 되셨나요?",
        "questions": [{"id": "q1", "text": "원하던 것을 얻으셨나요?", "kind": "rating"}],
        "closes_at": "2020-04-03T23:59:00+09:00",
    }
    opened = madang.call("POST", "/surveys", staff, json=survey)
    assert opened.status_code == 201, opened.text
    return f"/surveys/{opened.json()['id']}"


@pytest.mark.parametrize("fee", ["삼만", "30,000", "²", "-1"])
def test_fee_that_cannot_be_read_is_refused_beside_it(office, fee):
    page = office.submit("/courses/new", **COURSE, fee=fee)
    assert (page.status_code, 'id="fee-wrong"' in page.text) == (422, True)


@pytest.mark.parametrize("version", ["²", "-1", "one", "9" * 5000])
def test_version_that_is_none_is_refused(madang, staff, office, draft, version):
    before = madang.call("GET", draft, staff).json()
    for path, fields in ((f"{draft}/text", TEXT), (f"{draft}/send", {"when": "now"}), (TEMPLATE, {"source": "가\n나"})):
        assert office.submit(path, **fields, version=version).status_code == 422, path
    assert madang.call("GET", draft, staff).json() == before


def test_look_at_a_template_does_not_hide_that_somebody_else_has_kept_theirs(madang, staff, office):
    opened = VERSION.search(office.get(TEMPLATE).text)[1]
    theirs = madang.call("GET", TEMPLATE, staff).json()["source"] + " "
    kept = madang.call("PUT", TEMPLATE, staff, json={"source": theirs}).json()["version"]
    look = office.submit(TEMPLATE, source="제목\n우리 글", version=opened, look="1")
    assert VERSION.search(look.text)[1] == opened
    refused = office.submit(TEMPLATE, source="제목\n우리 글", version=opened)
    assert (refused.status_code, "우리 글" in refused.text) == (409, True)
    newest = VERSION.search(refused.text)[1]
    assert newest == str(kept)
    assert office.submit(TEMPLATE, source="제목\n우리 글", version=newest).status_code == 303


def test_broadcast_that_somebody_else_has_changed_is_rewritten_on_top_of_theirs(madang, staff, office, draft):
    opened = VERSION.search(office.get(f"{draft}/text").text)[1]
    assert madang.call("PATCH", draft, staff, json={**DRAFT, "category": "advertising"}).status_code == 200
    refused = office.submit(f"{draft}/text", **TEXT, version=opened)
    newest = VERSION.search(refused.text)[1]
    assert (refused.status_code, "일요일에 엽니다." in refused.text) == (409, True)
    assert newest != opened
    assert office.submit(f"{draft}/text", **TEXT, version=newest).status_code == 303


@pytest.mark.parametrize("written", [{}, {"day": "2020-03-12"}, {"day": "2020-02-30", "time": "10:00"}])
def test_broadcast_for_later_needs_a_day_and_a_time(office, draft, written):
    refused = office.submit(f"{draft}/send", when="later", **written)
    assert (refused.status_code, 'id="day-wrong"' in refused.text) == (422, True)


def test_survey_is_for_whom_it_asks_and_not_for_staff(madang, office, survey):
    sora = Browser(madang)
    sora.log_in("sora")
    assert survey in sora.get("/courses/mine").text
    assert survey not in office.get("/courses/mine").text


def test_place_that_cannot_be_taken_leaves_the_page_whole(madang, staff, survey):
    made = madang.call("POST", "/courses", staff, json=new_course(title="김장")).json()["id"]
    assert madang.call("POST", f"/courses/{made}/sessions", staff, json=new_session()).status_code == 201
    assert madang.call("POST", f"/courses/{made}/publish", staff).status_code == 200
    person = Browser(madang)
    person.log_in("sora")
    assert person.submit(f"/courses/{made}/enrol").status_code == 303
    sora = madang.token("sora", "member", orgs=["haneul-coop"])
    (own,) = madang.call("GET", "/enrolments", sora).json()["items"]
    refused = person.submit(f"/enrolments/{own['id']}/accept")
    assert refused.status_code == 409
    assert [each for each in ("김장", "도움이 되셨나요?", 'id="refusal"') if each not in refused.text] == []


EXEMPT = {
    **{"date": "2020-03-26", "from": "13", "to": "15", "people": "12", "space": "edu-2"},
    **{"title": "마을 회의", "purpose": "community", "attendees": "12"},
}
CLAIM = {"exemption_ground": "village_grant", "exemption_evidence": "2020 공모사업 3호"}


def test_exemption_that_is_applied_for_is_read_by_the_applicant_and_by_staff(madang, office):
    sora = Browser(madang)
    sora.log_in("sora")
    about = sora.get("/apply/about?date=2020-03-26&from=13&to=15&people=12&space=edu-2").text
    assert [
        each for each in ("마을공동체 공모사업 선정 단체 (50% 감면)", "해당 없음", 'max="100000"') if each not in about
    ] == []
    applied = sora.submit("/apply/about", **EXEMPT, **CLAIM)
    assert applied.status_code == 303, applied.text
    page = applied.headers["Location"].partition("?")[0]
    for reader in (sora, office):
        shown = reader.get(page).text
        facts = ("사용료 감면", "마을공동체 공모사업 선정 단체", "증빙: 2020 공모사업 3호", "10,000원")
        assert [each for each in facts if each not in shown] == []
    assert "사용료 감면" in office.get("/desk").text
    english = sora.get(f"{page}?lang=en").text
    facts = ("Exemption", "Group in the community grant programme", "Evidence: 2020 공모사업 3호", "10,000 won")
    assert [each for each in facts if each not in english] == []
    sora.get(f"{page}?lang=ko")
    assert sora.submit(f"{page}/cancel").status_code == 303


@pytest.mark.parametrize("left_out", CLAIM)
def test_exemption_without_a_ground_or_its_evidence_is_refused_beside_it(madang, left_out):
    sora = Browser(madang)
    sora.log_in("sora")
    claim = {name: text for name, text in CLAIM.items() if name != left_out}
    refused = sora.submit("/apply/about", **EXEMPT, **claim)
    assert (refused.status_code, 'id="exemption-wrong"' in refused.text) == (422, True)
    (written,) = claim.values()
    assert written in refused.text
