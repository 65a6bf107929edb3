"""Today's page, for whoever comes by."""

import pytest

from tests.browser.conftest import Reader, follow

pytestmark = pytest.mark.browser

READERS = [
    Reader(language, size, scheme) for language, size, scheme in (("ko", "phone", "light"), ("en", "desktop", "dark"))
]


@pytest.fixture(params=READERS, ids=str)
def page(request, visit):
    page = visit(request.param)
    page.language = request.param.language
    page.goto("/")
    return page


def test_today_tells_the_day_the_hours_and_every_room(page, embedded):
    text = page.inner_text("body")
    told = {
        "ko": ["3월 20일 (금)", "교육장 1", "교육장 2", "회의실", "소통공간", "다목적홀", "09:00–21:00"],
        "en": ["Friday 20 March", "Classroom 1", "Classroom 2", "Meeting room", "Lounge", "Event hall", "09:00–21:00"],
    }
    assert [each for each in told[page.language] if each not in text] == []
    assert page.get_attribute("html", "lang") == page.language
    assert page.complaints == []


def test_today_shows_nobody_what_a_booking_is_for(page):
    assert "마을 모임" not in page.content()


def test_language_link_leads_to_the_other_language_and_stays_there(page):
    other = {"ko": "en", "en": "ko"}[page.language]
    follow(page, f'a[hreflang="{other}"]')
    assert page.get_attribute("html", "lang") == other
    page.goto("/spaces")
    assert page.get_attribute("html", "lang") == other


def test_focus_is_visible_on_the_first_link(page):
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline not in {"none", ""}


def test_lounge_fills_on_an_open_page_by_itself(visit, embedded):
    """The page is left alone: what it asks for when it is looked at again brings the new number."""
    page = visit(Reader("ko", "desktop"))
    page.goto("/")
    assert page.locator(".rooms .fill").inner_text().strip() == "40명 중 0명"
    staff = embedded.session("staff-1", "staff")
    staff.post(f"{embedded.url}/spaces/lounge/walk-ins", json={"change": 7}, timeout=120)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_text("40명 중 7명").wait_for()
    staff.post(f"{embedded.url}/spaces/lounge/walk-ins", json={"change": -7}, timeout=120)


def test_page_that_has_the_news_is_told_so(embedded):
    session = embedded.session("minji", "resident")
    first = session.get(f"{embedded.root}/now", timeout=120)
    again = session.get(f"{embedded.root}/now", headers={"If-None-Match": first.headers["ETag"]}, timeout=120)
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


@pytest.mark.parametrize("reader", [Reader("ko", "phone"), Reader("en", "desktop", scripts=False)], ids=str)
def test_person_logs_in_on_the_page_and_out_again(visit, reader):
    page = visit(reader)
    page.goto("/bookings")
    assert page.locator('form[action="/logout"]').count() == 0
    page.goto(f"/login?lang={reader.language}")
    page.click('button[name="person"][value="minji"]')
    page.wait_for_url("**/")
    page.goto("/bookings")
    follow(page, 'form[action^="/logout"] button')
    assert page.url.split("?")[0].endswith("/logout")
    assert page.complaints == []
