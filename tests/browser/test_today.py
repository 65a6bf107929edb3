import pytest

pytestmark = pytest.mark.browser

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}


@pytest.fixture(params=list(SIZES))
def size(request):
    return SIZES[request.param]


@pytest.fixture(params=["light", "dark"])
def scheme(request):
    return request.param


@pytest.fixture(params=["ko", "en"])
def page(request, browser, embedded, size, scheme):
    page = browser.new_page(viewport=size, color_scheme=scheme)
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("requestfailed", lambda asked: page.complaints.append(asked.url))
    page.asked = []
    page.on("request", lambda asked: page.asked.append(asked.url))
    page.language = request.param
    page.goto(f"{embedded.root}/?lang={request.param}")
    yield page
    page.close()


def test_today_tells_the_day_the_hours_and_every_room(page, embedded):
    text = page.inner_text("body")
    told = {
        "ko": ["3월 20일 (금)", "교육장 1", "교육장 2", "회의실", "소통공간", "다목적홀", "09:00–21:00"],
        "en": ["Friday 20 March", "Classroom 1", "Classroom 2", "Meeting room", "Lounge", "Event hall", "09:00–21:00"],
    }
    assert [each for each in told[page.language] if each not in text] == []
    assert page.get_attribute("html", "lang") == page.language
    assert page.complaints == []
    assert all(url.startswith(embedded.root) for url in page.asked)


def test_today_needs_no_sideways_scrolling_and_no_script(page, size):
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert page.locator("script").count() == 0


def test_today_shows_nobody_what_a_booking_is_for(page):
    assert "마을 모임" not in page.content()


def test_language_link_leads_to_the_other_language(page):
    other = {"ko": "en", "en": "ko"}[page.language]
    page.click(f'a[lang="{other}"], a[hreflang="{other}"]')
    assert page.get_attribute("html", "lang") == other


def test_focus_is_visible_on_the_first_link(page):
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline not in {"none", ""}
