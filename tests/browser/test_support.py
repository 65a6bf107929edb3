"""The support work on its pages: consulting from asking to rating, visits over a poor line, surveys, lists."""

import pytest

from tests.browser.conftest import READERS, Reader, follow
from tests.browser.support import Office

pytestmark = pytest.mark.browser

WORDS = {
    "ko": {"diagnosed": "배정 대기", "assigned": "상담 중", "reported": "보고서 도착", "rated": "완료"},
    "en": {
        "diagnosed": "Awaiting a consultant",
        "assigned": "Under way",
        "reported": "Report ready",
        "rated": "Finished",
    },
}
PHONE = Reader("ko", "phone")
KEY = 'form[action$="/report"] input[name="key"]'
BREAK_OFF = """() => {
  const whole = window.fetch;
  window.fetch = async (...asked) => {
    window.fetch = whole;
    const answer = await whole(...asked);
    answer.text = () => Promise.reject(new TypeError("the line broke amid the answer"));
    return answer;
  };
}"""


@pytest.fixture(scope="module")
def office(embedded):
    office = Office(embedded)
    office.consultants()
    return office


def state(page):
    return page.locator(".lead .status").inner_text().strip()


def send(page, form, told):
    """The form's own button; the page that comes then says what was done."""
    page.locator(f"{form} button").last.click()
    page.wait_for_url(f"**told={told}")


@pytest.mark.parametrize("reader", READERS[:3], ids=str)
def test_organisation_asks_is_advised_and_rates(visit, office, reader):
    asker, staff, consultant = (visit(reader, person) for person in ("sora", "jiwoo", "dahye"))
    words = WORDS[reader.language]
    title = f"예비사회적기업 정산 {reader}"
    asker.goto("/consulting")
    follow(asker, "main a.button.main")
    asker.check('input[name="topic"][value="finance"]')
    asker.fill("#title", title)
    asker.fill("#need", "정산 서류가 맞는지 봐 주세요.")
    assert asker.is_checked('input[name="organisation_id"][value="haneul-coop"]')
    send(asker, "main form", "asked")
    address = asker.url.split("?")[0]

    staff.goto("/desk")
    follow(staff, f'main a:has-text("{title}")')
    staff.fill("#diagnosis", "기준일이 바뀐 것을 모릅니다.")
    send(staff, 'form[action$="/diagnosis"]', "diagnosed")
    assert state(staff) == words["diagnosed"]
    assert staff.is_checked('input[name="consultant_id"][value="dahye"]')  # the one who is suggested
    send(staff, 'form[action$="/consultant"]', "assigned")
    assert state(staff) == words["assigned"]
    assert {"ko": "추천대로", "en": "as suggested"}[reader.language] in staff.inner_text(".facts")

    consultant.goto("/consulting")
    follow(consultant, f'section[aria-labelledby="advised"] a:has-text("{title}")')
    consultant.fill("#at", "10:00")
    consultant.fill("#notes", "서류를 함께 보았습니다.")
    send(consultant, 'form[action$="/sessions"]', "logged")
    consultant.fill("#report", "정산 서류를 고쳐 다시 냈습니다.")
    send(consultant, 'form[action$="/report"]', "reported")
    assert state(consultant) == words["reported"]

    asker.goto(address)
    assert "정산 서류를 고쳐 다시 냈습니다." in asker.inner_text("main")
    assert "추천대로" not in asker.inner_text("main")
    asker.check('input[name="satisfaction"][value="5"]')
    send(asker, 'form[action$="/rating"]', "rated")
    assert state(asker) == words["rated"]
    staff.goto("/support")
    assert title in staff.inner_text('section[aria-labelledby="rated"]')
    assert [page.complaints for page in (asker, staff, consultant)] == [[], [], []]


def test_others_read_nothing_of_a_case(visit, office):
    case = office.case("비밀스러운 고민")
    page = visit(PHONE, "junho")
    page.goto(f"/consulting/{case}")
    assert "비밀스러운 고민" not in page.content()
    page.goto("/support")
    assert "비밀스러운 고민" not in page.content()


def test_report_is_kept_over_a_poor_line_and_sent_when_it_is_back(visit, office):
    programme = office.programme(("루원 공동육아",), "형성 단계")
    address = f"/villages/visits/{office.visit(programme, '2020-03-10T14:00:00+09:00')}"
    page = visit(PHONE, "yeonhwa")
    page.goto("/villages")
    assert page.locator('a:has-text("루원 공동육아")').first.is_visible()
    page.goto(address)
    page.fill("#report", "여덟 분이 모였습니다.")
    page.fill("#attendees", "8")
    key = page.input_value(KEY)
    page.reload()
    assert (page.input_value("#report"), page.input_value("#attendees")) == ("여덟 분이 모였습니다.", "8")
    assert page.input_value(KEY) == key  # sent again after its answer was lost, it is done once

    page.context.set_offline(True)
    page.click('form[action$="/report"] button')
    page.locator("[data-offline]").wait_for()
    assert page.input_value("#report") == "여덟 분이 모였습니다."
    page.context.set_offline(False)
    page.wait_for_url("**told=visited")
    assert page.locator(".facts .status.good").count() == 1
    assert page.evaluate("Object.keys(localStorage).filter((each) => each.includes('visit-'))") == []


def test_answer_that_breaks_off_is_asked_for_again(visit, office):
    programme = office.programme(("검단 텃밭",), "답이 끊긴 단계")
    page = visit(PHONE, "yeonhwa")
    page.goto(f"/villages/visits/{office.visit(programme, '2020-03-13T14:00:00+09:00')}")
    page.fill("#report", "다섯 분이 모였습니다.")
    page.fill("#attendees", "5")
    page.evaluate(BREAK_OFF)
    page.click('form[action$="/report"] button')
    page.locator("[data-offline]").wait_for()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_url("**told=visited")


def test_answer_that_is_no_page_of_ours_loses_nothing(visit, office):
    programme = office.programme(("당하 마을밥상",), "남의 답 단계")
    page = visit(PHONE, "yeonhwa")
    page.goto(f"/villages/visits/{office.visit(programme, '2020-03-14T14:00:00+09:00')}")
    page.fill("#report", "여섯 분이 모였습니다.")
    page.fill("#attendees", "6")
    page.route("**/report", lambda route: route.fulfill(status=502, body="Bad Gateway"), times=1)
    follow(page, 'form[action$="/report"] button')
    assert (page.input_value("#report"), page.input_value("#attendees")) == ("여섯 분이 모였습니다.", "6")
    page.click('form[action$="/report"] button')
    page.wait_for_url("**told=visited")


@pytest.mark.parametrize("reader", READERS[1:3], ids=str)
def test_refused_report_comes_back_with_what_was_written(visit, office, reader):
    programme = office.programme((f"석남 골목정원 {reader}",), f"활동 단계 {reader}")
    page = visit(reader, "yeonhwa")
    page.goto(f"/villages/visits/{office.visit(programme, '2020-03-12T14:00:00+09:00')}")
    page.evaluate("document.querySelectorAll('[required], [min]').forEach((each) => each.removeAttribute('required'))")
    page.fill("#attendees", "3")
    page.click('form[action$="/report"] button')
    page.locator("#report[aria-invalid=true]").wait_for()
    assert page.input_value("#attendees") == "3"


def test_communities_are_spread_after_a_look_at_it(visit, office):
    programme = office.programme(("검암 책나눔", "신현 반찬나눔"), "자립 단계")
    page = visit(Reader("en", "desktop", scripts=False), "jiwoo")
    page.goto(f"/support/programmes/{programme}")
    follow(page, 'form[action$="/activists"] button')
    assert "2" in page.inner_text(".table tbody tr:first-child td:nth-child(3)")
    follow(page, "main form a.plain")
    assert page.locator('section[aria-labelledby="communities"] .status.asked').count() == 2
    follow(page, 'form[action$="/activists"] button')
    page.click("main form button.main")
    page.wait_for_url("**told=spread")
    assert page.locator('section[aria-labelledby="communities"] .status.asked').count() == 0


def test_survey_is_opened_answered_and_read(visit, office):
    case = office.reported_case()
    staff, member = visit(Reader("ko", "desktop"), "jiwoo"), visit(Reader("ko", "phone", scripts=False), "sora")
    staff.goto(f"/consulting/{case}")
    follow(staff, 'a[href*="/support/surveys/new"]')
    staff.fill("#title", "인증 상담 설문")
    staff.click("main form button.main")
    staff.wait_for_url("**told=survey")
    member.goto("/consulting")
    follow(member, 'a:has-text("인증 상담 설문")')
    follow(member, "main form button.main")
    assert member.locator("#refusal").count() == 1  # not one question is answered
    member.check('input[name="q1"][value="4"]')
    member.fill("#q4", "시간이 조금 짧았습니다.")
    member.click("main form button.main")
    member.wait_for_url("**told=answered")
    assert member.locator("main form").count() == 0
    staff.reload()
    text = staff.inner_text("main")
    assert "4.00" in text
    assert "시간이 조금 짧았습니다." in text
    assert staff.locator(".chart rect").count() == 1


def test_list_is_taken_over_once_its_rows_are_right(visit, office):
    page = visit(Reader("ko", "desktop", scripts=False), "jiwoo")

    def choose(text):
        page.goto("/support/lists")
        page.check('input[name="kind"][value="members"]')
        page.set_input_files("#content", {"name": "회원.csv", "mimeType": "text/csv", "buffer": text.encode()})
        follow(page, "main form button.main")

    choose("이름,공공·민간\n인천시청,공공\n마을카페,이웃\n")
    assert page.inner_text("tbody th") == "3"
    choose("name,side\n인천시청,public\n마을카페,private\n")
    page.click("main form button.main")
    page.wait_for_url("**told=imported")
    page.goto("/support/network")
    assert "마을카페" in page.inner_text('section[aria-labelledby="members"]')
