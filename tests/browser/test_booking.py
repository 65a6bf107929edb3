"""A resident applies and sees the decision arrive; staff close the centre and the resident sees it."""

import re

import pytest

from tests.browser.conftest import READERS, Reader, book, follow
from tests.waiting import wait_until

pytestmark = pytest.mark.browser

WORDS = {
    "ko": {"waiting": "승인 대기", "approved": "승인", "rejected": "거절", "cancelled": "취소", "checked_in": "이용"},
    "en": {
        "waiting": "Waiting for a decision",
        "approved": "Approved",
        "rejected": "Not approved",
        "cancelled": "Cancelled",
        "checked_in": "Checked in",
    },
}
# Each reader has days of their own: they share one centre.
DAYS = {"ko-phone": "2020-03-27", "en-desktop": "2020-03-28", "ko-desktop": "2020-03-30", "en-phone": "2020-03-31"}


def day_of(reader):
    return DAYS[f"{reader.language}-{reader.size}"]


def state(page):
    return page.locator("#facts .status").inner_text().strip()


def apply(page, day, title, *, first=10, last=11, people="8", room="edu-1"):
    """Through the three steps, as a person goes through them."""
    page.goto("/apply")
    follow(page, f'.days a[href*="date={day}"]')
    follow(page, f'.hours-grid a[href*="from={first}&to={first + 1}"]')
    if last > first:
        follow(page, f'.hours-grid a[href*="from={first}&to={last + 1}"]')
    page.fill("#people", people)
    follow(page, "main form button")
    follow(page, f'a[href*="space={room}"]')
    page.fill("#title", title)
    page.check('input[name="purpose"][value="community"]')
    page.click("main form button.main")


def test_resident_applies_and_sees_the_approval_arrive(visit, reader):
    resident, staff = visit(reader, "minji"), visit(reader, "jiwoo")
    title = f"가정동 마을신문 {reader}"
    apply(resident, day_of(reader), title)
    assert re.search(r"/bookings/[0-9a-f-]+\?told=applied", resident.url)
    assert state(resident) == WORDS[reader.language]["waiting"]

    staff.goto("/desk")
    entry = staff.locator(".waiting > li", has_text=title)
    entry.locator('form[action$="/approve"] button').click()
    if reader.scripts:
        entry.locator(".status").wait_for()
        assert entry.locator(".status").inner_text().strip() == WORDS[reader.language]["approved"]
        resident.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        resident.locator("#facts .status.good").wait_for()
    else:
        assert staff.locator(".waiting > li", has_text=title).count() == 0
        resident.reload()
    assert state(resident) == WORDS[reader.language]["approved"]
    assert (resident.complaints, staff.complaints) == ([], [])


@pytest.mark.parametrize("reader", READERS[1:3], ids=str)
def test_resident_reads_why_it_was_not_approved(visit, embedded, reader):
    booking = book(embedded, embedded.session("minji", "resident"), "meeting", day_of(reader), 13, 14)
    staff, resident = visit(reader, "jiwoo"), visit(reader, "minji")
    staff.goto("/desk")
    entry = staff.locator(f"#b-{booking['id']}")
    entry.locator("summary").click()
    entry.locator("select").select_option("centre_needs_it")
    entry.locator("textarea").fill("그날은 센터 행사가 있습니다.")
    entry.locator('form[action$="/reject"] button').click()
    if reader.scripts:
        entry.locator(".status").wait_for()
    resident.goto(f"/bookings/{booking['id']}")
    assert state(resident) == WORDS[reader.language]["rejected"]
    assert "그날은 센터 행사가 있습니다." in resident.inner_text("#facts")


@pytest.mark.parametrize("reader", READERS[:1] + READERS[3:], ids=str)
def test_time_that_was_taken_meanwhile_is_refused_with_other_times_as_buttons(visit, embedded, reader):
    """Two choose the same room; the second one goes on with what is offered."""
    day = day_of(reader)
    page = visit(reader, "junho")
    page.goto(f"/apply/about?date={day}&from=15&to=17&people=5&space=edu-2")
    book(embedded, embedded.session("staff-1", "staff"), "edu-2", day, 15, 17)
    page.fill("#title", "합창 연습")
    page.check('input[name="purpose"][value="culture"]')
    page.click("main form button.main")
    refusal = page.locator("#refusal")
    assert {"ko": "다른 분", "en": "Somebody else"}[reader.language] in refusal.inner_text()
    assert page.input_value("#title") == "합창 연습"
    refusal.locator("button").first.click()
    page.wait_for_url("**/bookings/*")
    assert state(page) == WORDS[reader.language]["waiting"]


@pytest.mark.parametrize("reader", READERS[2:], ids=str)
def test_refusal_stands_next_to_its_field(visit, reader):
    page = visit(reader, "junho")
    page.goto(f"/apply/about?date={day_of(reader)}&from=18&to=19&people=2&space=meeting")
    page.fill("#title", "둘이서")
    page.check('input[name="purpose"][value="meeting"]')
    follow(page, "main form button.main")
    assert page.get_attribute("#attendees", "aria-invalid") == "true"
    about = page.get_attribute("#attendees", "aria-describedby")
    assert "3" in page.inner_text(f"#{about}")


@pytest.mark.parametrize("reader", READERS[1:3], ids=str)
def test_exemption_without_evidence_is_refused_where_it_is_written(visit, reader):
    page = visit(reader, "sora")
    page.goto(f"/apply/about?date={day_of(reader)}&from=16&to=17&people=6&space=edu-2")
    page.fill("#title", "마을 김장")
    page.check('input[name="purpose"][value="community"]')
    page.locator("summary", has_text={"ko": "사용료 감면", "en": "Exemption"}[reader.language]).click()
    page.select_option("#exemption_ground", "village_grant")
    follow(page, "main form button.main")
    assert page.locator("#exemption-wrong").is_visible()
    page.fill("#exemption_evidence", "2020 공모사업 3호")
    page.click("main form button.main")
    page.wait_for_url("**/bookings/*")
    facts = page.inner_text("#facts")
    assert "2020 공모사업 3호" in facts
    assert {"ko": "5,000원", "en": "5,000 won"}[reader.language] in facts


@pytest.mark.parametrize("reader", READERS[1:3], ids=str)
def test_resident_cancels_and_knows_the_refund_before(visit, embedded, reader):
    day = {"ko-phone": "2020-04-02", "en-desktop": "2020-04-03", "ko-desktop": "2020-04-06", "en-phone": "2020-04-07"}
    day = day[f"{reader.language}-{reader.size}"]
    booking = book(embedded, embedded.session("minji", "resident"), "edu-1", day, 9, 11)
    page = visit(reader, "minji")
    page.goto(f"/bookings/{booking['id']}")
    assert {"ko": "20,000원", "en": "20,000 won"}[reader.language] in page.inner_text(
        'section[aria-labelledby="cancel"]'
    )
    page.click('form[action$="/cancel"] button')
    page.wait_for_url("**told=cancelled")
    assert state(page) == WORDS[reader.language]["cancelled"]


@pytest.mark.parametrize("reader", READERS[:1] + READERS[3:], ids=str)
def test_staff_close_the_centre_and_the_resident_sees_it(visit, embedded, reader):
    day = {"ko-phone": "2020-04-09", "en-desktop": "2020-04-10", "ko-desktop": "2020-04-13", "en-phone": "2020-04-14"}
    day = day[f"{reader.language}-{reader.size}"]
    booking = book(embedded, embedded.session("minji", "resident"), "edu-2", day, 10, 12)
    staff, resident = visit(reader, "jiwoo"), visit(reader, "minji")
    staff.goto("/closures")
    staff.fill("#from", day)
    staff.fill("#last", day)
    staff.fill("#reason", f"방역 {reader}")
    staff.locator('section[aria-labelledby="new"] button').click()
    preview = staff.inner_text('section[aria-labelledby="preview"]')
    assert {"ko": "예약 1건", "en": "1 booking"}[reader.language] in preview
    staff.click('section[aria-labelledby="preview"] button.main')
    staff.wait_for_url("**told=declared")

    cancelled, page = WORDS[reader.language]["cancelled"], f"/bookings/{booking['id']}"
    wait_until(lambda: resident.goto(page) and state(resident) == cancelled)
    assert {"ko": "휴관", "en": "closed"}[reader.language] in resident.inner_text("#facts")
    resident.goto("/apply")
    assert resident.locator(f'.days a[href*="date={day}"]').count() == 0
    resident.goto(f"/?day={day}")
    assert f"방역 {reader}" in resident.inner_text(".opening")


def test_those_who_are_there_say_so(visit, embedded):
    """From a quarter of an hour before, with one button."""
    staff = embedded.session("jiwoo", "staff")
    booking = book(embedded, staff, "meeting", "2020-03-20", 11, 12, title="아침 회의")
    page = visit(Reader("ko", "phone", scripts=False), "jiwoo")
    page.goto(f"/bookings/{booking['id']}")
    follow(page, 'form[action$="/check-in"] button')
    assert state(page) == WORDS["ko"]["checked_in"]
