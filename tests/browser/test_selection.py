"""An organisation applies with files, judges score, the result is explained, the offer accepted; in between, what is
written is not lost.
"""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from tests.browser.april import JUDGES, OURS
from tests.browser.conftest import Reader, follow
from tests.service.recruitment.files import PDF

pytestmark = pytest.mark.browser

PHONE, DESKTOP = Reader("ko", "phone"), Reader("en", "desktop", "dark")
WITHOUT_SCRIPTS = Reader("ko", "phone", scripts=False)
WORDS = {
    "ko": {"submitted": "제출함", "chosen": "선정", "signed": "서명함", "moved in": "입주 중"},
    "en": {"submitted": "Submitted", "chosen": "Chosen", "signed": "Signed", "moved in": "Moved in"},
}
PLAN = "입주 첫해에 공유주방을 열고 마을 급식을 시작합니다."
FILE = {"name": "사업계획 최종.pdf", "mimeType": "application/pdf", "buffer": PDF + b"%" * 200_000}
MOST = {"team": 28, "social_local": 27, "viability": 20, "fit": 13}


def state(scope):
    return scope.locator(".status").first.inner_text().strip()


def open_part(page, application, name):
    page.goto(f"{application}/parts/{name}")


def done(page):
    page.click('button[name="done"]')
    page.wait_for_url("**told=saved")


def begin(page, call):
    """From the notice to a draft. Returns the address of the application."""
    page.goto(f"/calls/{call['id']}")
    page.click('form[action$="/applications"] button.main')
    page.wait_for_url("**told=started")
    return urlsplit(page.url).path


def describe(page, application, name):
    open_part(page, application, "organisation")
    page.fill("#organisation_name", name)
    page.select_option("#legal_type", "cooperative")
    page.fill("#status_since", "2019-03-02")
    page.fill("#founded_on", "2019-03-02")
    page.check('input[name="in_district"][value="yes"]')
    page.check('input[name="incubated_elsewhere"][value="no"]')
    page.fill("#email", "lee@haneul.example")
    page.fill("#phone", "010-9876-5432")
    done(page)
    open_part(page, application, "plan")
    page.fill("#introduction", "아이 돌봄과 먹거리를 함께하는 협동조합입니다.")
    page.fill("#plan", PLAN)
    done(page)
    open_part(page, application, "units")
    page.select_option("#pref-1", index=1)
    done(page)


def send(page, reader, kind, file):
    row = page.locator(f"#document-{kind}")
    row.locator('input[type="file"]').set_input_files(file)
    if not reader.scripts:
        row.locator("form button").click()
    return row


def apply(page, reader, call, name):
    application = begin(page, call)
    describe(page, application, name)
    for kind in ("business_plan", "application"):
        send(page, reader, kind, FILE).locator(".status.good").wait_for()
    page.click('form[action$="/submit"] button')
    page.wait_for_url("**told=submitted")
    return application


def score(page, judging):
    page.goto(judging)
    for criterion, points in MOST.items():
        page.fill(f"#score-{criterion}", str(points))
    page.locator(".comment").first.fill("조합원의 참여가 돋보입니다.")
    page.click('form[action$="/scores"] button.main')
    page.wait_for_url("**told=scored")


@pytest.mark.parametrize(
    ("reader", "person", "unit"), [(PHONE, "sora", "office-7"), (DESKTOP, "junho", "office-8")], ids=["ko", "en"]
)
def test_from_the_notice_to_the_keys(visit_april, april, reader, person, unit):
    words, name = WORDS[reader.language], f"하늘협동조합 {reader.language}"
    call = april.published(f"입주기업 모집 {reader}", [unit], ["application", "business_plan"])
    page, staff, judge = visit_april(reader, person), visit_april(reader, "jiwoo"), visit_april(reader, "taeyang")
    application = apply(page, reader, call, name)
    assert state(page.locator("main")) == words["submitted"]
    number = page.inner_text("#receipt + dl strong")
    assert number.startswith(call["code"])
    assert len(page.inner_text("code")) == 64
    other = april.submitted(call, f"other-{reader.language}", "청라 푸른손")

    confirm(staff, april, call, 2)
    name_judges(staff, april, call)
    judge.goto("/judging")
    follow(judge, f'a[href="/judging/{application.rpartition("/")[2]}"]')
    assert judge.locator(".points").count() == 0
    score(judge, judge.url)
    assert judge.locator("output").inner_text() == str(sum(MOST.values()))
    april.scored(application.rpartition("/")[2], 91.5, ["judge-2", "judge-3"])
    april.scored(other, 80)

    publish(staff, april, call)
    page.goto(f"{application}/result")
    assert words["chosen"] in page.inner_text(".figures")
    assert "90.33" in page.inner_text(".figures")
    assert page.locator(".reckoning li").count() >= 4
    assert sorted(cell.inner_text() for cell in page.locator(".points .sum td").all()[:3]) == ["88", "91.5", "91.5"]
    page.click('form[action$="/accept"] button.main')
    page.wait_for_url("**told=accepted")
    page.click('form[action$="/sign"] button')
    page.wait_for_url("**told=signed")
    assert state(page.locator("main")) == words["signed"]
    tenancy = page.url.partition("?")[0]
    april.move(april.now + timedelta(days=30))
    page.goto(tenancy)
    assert state(page.locator("main")) == words["moved in"]
    contract = page.locator('a[href$="/contract.pdf"]')
    assert page.request.get(contract.get_attribute("href")).body().startswith(b"%PDF-")
    page.goto("/units")
    assert name in page.inner_text("table")
    assert (page.complaints, staff.complaints, judge.complaints) == ([], [], [])


def confirm(staff, april, call, number):
    """On the desk it waits; every application is confirmed with points."""
    april.screened(call)
    staff.goto("/desk")
    staff.click(f'a[href="/calls/{call["id"]}/applications"]')
    for _each in range(number):
        staff.locator('section[aria-labelledby="waiting"] a').first.click()
        staff.fill("#points", "85")
        staff.click('form[action$="/screening"] button.main')
        staff.wait_for_url("**told=screened")
    assert staff.locator('section[aria-labelledby="others"] li').count() == number


def name_judges(staff, april, call):
    staff.goto(f"/calls/{call['id']}/judges")
    for place, (judge, name) in enumerate(JUDGES.items(), 1):
        staff.fill(f"#id-{place}", judge)
        staff.fill(f"#name-{place}", name)
    staff.click('form[action$="/judges"] button.main')
    staff.wait_for_url("**told=named")
    april.judged_by(call)


def publish(staff, april, call):
    staff.goto(f"/calls/{call['id']}/ranking")
    staff.click('form[action$="/ranking"] button.main')
    staff.wait_for_url("**told=ranked")
    april.move(april.now + timedelta(days=2))
    staff.click('form[action$="/results"] button.main')
    staff.wait_for_url("**told=published")


def test_applies_uploads_and_submits_without_scripts(visit_april, april):
    call = april.published("스크립트 없이", ["office-2"], ["application", "business_plan"])
    page = visit_april(WITHOUT_SCRIPTS, "sora")
    apply(page, WITHOUT_SCRIPTS, call, "하늘협동조합")
    assert state(page.locator("main")) == WORDS["ko"]["submitted"]
    page.locator("#document-application summary").click()
    page.locator(".withdraw summary").click()
    page.click('form[action$="/withdraw"] button')
    page.wait_for_url("**told=withdrawn")


@pytest.mark.parametrize("reader", [PHONE, WITHOUT_SCRIPTS], ids=str)
def test_refusals_stand_next_to_what_they_are_about(visit_april, april, reader):
    call = april.published(f"거절 {reader}", ["office-2"], ["application", "business_plan"])
    page = visit_april(reader, "junho")
    application = begin(page, call)
    row = send(page, reader, "application", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"no document"})
    row.locator("#document-application-wrong").wait_for()
    assert page.locator("#document-business_plan-wrong").count() == 0
    page.click('form[action$="/submit"] button')
    page.locator("#refusal").wait_for()
    organisation = page.locator(".parts li", has=page.locator(f'a[href="{application}/parts/organisation"]'))
    assert "기업 유형" in organisation.locator(".wrong").inner_text()

    describe(page, application, "행복마을")
    page.click('form[action$="/submit"] button')
    page.locator("#refusal").wait_for()
    assert "사업계획서" in page.locator("#document-business_plan-wrong").inner_text()


def test_what_is_typed_is_saved_by_itself(visit_april, april):
    call = april.published("저절로 저장", ["office-2"])
    application = f"/applications/{april.drafted(call, OURS['sora'], '하늘협동조합', 'sora')}"
    page = visit_april(PHONE, "sora")
    open_part(page, application, "plan")
    page.fill("#plan", "처음 적은 글")
    page.locator("#saved .good").wait_for()
    page.fill("#plan", "고쳐 적은 글")
    page.locator('#saved [name="version"][value="3"]').wait_for(state="attached")
    page.reload()
    assert page.input_value("#plan") == "고쳐 적은 글"
    assert page.complaints == []


def test_upload_shows_how_far_it_has_come_and_says_when_it_did_not_arrive(visit_april, april):
    call = april.published("느린 회선", ["office-2"], ["business_plan"])
    application = f"/applications/{april.drafted(call, OURS['junho'], '행복마을', 'junho')}"
    page = visit_april(PHONE, "junho")
    page.goto(application)
    page.context.set_offline(True)
    send(page, PHONE, "business_plan", FILE).locator("[data-failed]").wait_for()
    page.context.set_offline(False)
    line = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 100_000}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
    row = send(page, PHONE, "business_plan", {**FILE, "name": "다시 보낸 계획.pdf"})
    row.locator("progress").wait_for()
    assert row.locator("[data-failed]").is_hidden()
    row.locator(".status.good").wait_for()
    assert "다시 보낸 계획" in row.inner_text()


def test_file_that_would_not_even_arrive_is_not_sent(visit_april, april):
    call = april.published("큰 파일", ["office-2"], ["business_plan"])
    page = visit_april(PHONE, "junho")
    page.goto(f"/applications/{april.drafted(call, OURS['junho'], '행복마을', 'junho')}")
    chosen = page.locator('#document-business_plan input[type="file"]')
    assert 20 << 20 < int(chosen.get_attribute("data-most")) < 25 << 20
    chosen.evaluate("each => { each.dataset.most = '1000'; }")
    page.asked.clear()
    send(page, PHONE, "business_plan", FILE)
    assert chosen.evaluate("each => each.validationMessage") == "파일이 너무 큽니다."
    assert page.asked == []


def test_what_is_written_without_a_line_is_saved_when_there_is_one_again(visit_april, april):
    call = april.published("끊긴 회선", ["office-2"])
    application_id = april.drafted(call, OURS["sora"], "하늘협동조합", "sora")
    page = visit_april(PHONE, "sora")
    open_part(page, f"/applications/{application_id}", "plan")
    page.context.set_offline(True)
    page.fill("#plan", "지하철에서 적은 글")
    page.locator("[data-failed]").wait_for()
    page.context.set_offline(False)
    page.locator("#saved .good").wait_for()
    stored = april.ask(april.member(OURS["sora"], "sora"), "GET", f"/applications/{application_id}")
    assert stored["content"]["plan"] == "지하철에서 적은 글"


@pytest.mark.parametrize("reader", [DESKTOP, WITHOUT_SCRIPTS], ids=str)
def test_somebody_elses_words_are_not_written_over_unseen(visit_april, april, reader):
    call = april.published(f"둘이서 {reader}", ["office-2"])
    application_id = april.drafted(call, OURS["junho"], "행복마을", "junho")
    page = visit_april(reader, "junho")
    open_part(page, f"/applications/{application_id}", "plan")
    other = april.member(OURS["junho"], "another")
    april.ask(other, "PATCH", f"/applications/{application_id}", {"plan": "동료가 적은 글"})

    page.fill("#plan", "내가 적은 글")
    page.click('button[name="done"]')
    page.get_by_text("동료가 적은 글").wait_for()
    stored = april.ask(other, "GET", f"/applications/{application_id}")["content"]["plan"]
    assert (stored, page.input_value("#plan")) == ("동료가 적은 글", "내가 적은 글")
    page.click('button[name="over"]' if reader.scripts else 'button[name="done"]')
    page.locator("#saved .good").wait_for() if reader.scripts else page.wait_for_url("**told=saved")
    stored = april.ask(other, "GET", f"/applications/{application_id}")["content"]["plan"]
    assert stored == "내가 적은 글"


def test_judge_who_has_a_tie_steps_aside_and_sees_the_file_no_more(visit_april, april):
    call = april.published("회피", ["office-2"])
    ids = [april.submitted(call, f"tie-{number}", f"기업 {number}") for number in (1, 2)]
    april.screened(call, *ids)
    april.judged_by(call)
    page = visit_april(PHONE, "taeyang")
    page.goto(f"/judging/{ids[0]}")
    page.locator("details summary").last.click()
    page.check('input[name="ground"][value="kinship"]')
    page.fill("#reason", "대표가 사촌입니다.")
    page.click('form[action$="/recusal"] button')
    page.wait_for_url("**told=recused")
    assert page.locator(f'a[href="/judging/{ids[0]}"]').count() == 0
    assert page.goto(f"/judging/{ids[0]}").status == 403
    assert visit_april(PHONE, "jiwoo").goto(f"/judging/{ids[1]}").status == 404
    page.goto(f"/judging/{ids[1]}")
    page.click('button[name="abstain"]')
    page.wait_for_url("**told=scored")


def test_staff_draw_up_publish_and_correct_a_call_and_the_vote_decides_a_tie(visit_april, april):
    staff = visit_april(Reader("ko", "desktop"), "jiwoo")
    calendar = april.calendar()
    staff.goto("/calls/new")
    staff.fill("#title", "표결까지 가는 모집")
    for name, value in calendar.items():
        staff.fill(f"#{name}", value[:16])
    for box in staff.locator('input[name="unit_ids"]').all():
        box.set_checked(box.get_attribute("value") == "office-6")
    staff.click("main form button.main")
    staff.wait_for_url("**told=created")
    follow(staff, 'a[href$="/edit"]')
    staff.fill("#title", "표결까지 가는 입주 모집")
    staff.click("main form button.main")
    staff.wait_for_url("**told=changed")
    staff.click('form[action$="/publish"] button')
    staff.wait_for_url("**told=published")
    call = april.ask(april.staff, "GET", f"/calls/{staff.url.partition('?')[0].rpartition('/')[2]}")
    follow(staff, 'a[href$="/edit"]')
    staff.fill("#reason", "이사 날짜를 늦춥니다.")
    later = f"{april.now + timedelta(days=40):%Y-%m-%d}"
    staff.fill("#move_in_on", later)
    staff.click("main form button.main")
    staff.wait_for_url("**told=corrected")
    assert "이사 날짜를 늦춥니다." in staff.inner_text('section[aria-labelledby="corrections"]')

    ids = [april.submitted(call, f"tied-{number}", f"동점 기업 {number}") for number in (1, 2)]
    april.screened(call, *ids)
    april.judged_by(call)
    for each in ids:
        april.scored(each, 80)
    staff.goto(f"/calls/{call['id']}/ranking")
    staff.click('form[action$="/ranking"] button.main')
    staff.locator('form[action$="/vote"]').wait_for()
    staff.select_option(f"#place-{ids[0]}", "2")
    staff.select_option(f"#place-{ids[1]}", "1")
    staff.fill("#note", "위원 3명 모두 찬성")
    staff.click('form[action$="/vote"] button')
    staff.wait_for_url("**told=voted")
    staff.click('form[action$="/ranking"] button.main')
    staff.wait_for_url("**told=ranked")
    assert staff.locator(".ranked a").all_inner_texts() == ["동점 기업 2", "동점 기업 1"]


def test_a_file_beyond_every_limit_is_refused_on_a_page(visit_april, april, tmp_path):
    """With scripts it is not even sent. Without, it is more than the gateway takes in: the reader is told so on a page,
    and finds everything as it was one step back."""
    call = april.published("너무 큰 파일", ["office-2"], ["business_plan"])
    page = visit_april(WITHOUT_SCRIPTS, "junho")
    application = begin(page, call)
    file = tmp_path / "a.pdf"
    with file.open("wb") as large:
        large.truncate(26 * 1024 * 1024)
    send(page, WITHOUT_SCRIPTS, "business_plan", file)
    page.locator("h1", has_text="너무 큽니다").wait_for()
    assert page.locator("header .brand").is_visible()
    page.goto(application)
    assert page.locator("#document-business_plan .status.good").count() == 0
