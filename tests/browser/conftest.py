"""Pages of `madang run` in headless Chromium: on a phone and on a desktop, in light and dark, in Korean and English."""

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.april import April
from tests.servers.programs import CHROMIUM, path_of
from tests.system.embedded import running

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}
PATIENCE = 60_000


@dataclass(frozen=True)
class Reader:
    """How somebody reads the pages. scripts: whether their browser runs them."""

    language: str = "ko"
    size: str = "phone"
    scheme: str = "light"
    scripts: bool = True

    def __str__(self) -> str:
        return f"{self.language}-{self.size}-{self.scheme}{'' if self.scripts else '-without-scripts'}"


READERS = [
    Reader("ko", "phone", "light"),
    Reader("en", "desktop", "dark"),
    Reader("ko", "desktop", "light", scripts=False),
    Reader("en", "phone", "light", scripts=False),
]


@pytest.fixture(scope="session")
def browser() -> Browser:
    program = os.environ.get(CHROMIUM.variable) or path_of(CHROMIUM, "chromium-headless-shell")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


def book(embedded, session, space, day, start, end, **other):
    booking = {
        "space_id": space,
        "start": f"{day}T{start:02}:00:00+09:00",
        "end": f"{day}T{end:02}:00:00+09:00",
        "title": "마을 모임",
        "purpose": "community",
        "attendees": 10,
        **other,
    }
    answer = session.post(f"{embedded.url}/bookings", json=booking, timeout=120)
    assert answer.status_code == 201, answer.text
    return answer.json()


def unanswered(asked) -> list[str]:
    """What a browser gives up itself, as its reader goes on to another page, is nobody's fault."""
    return [] if asked.failure == "net::ERR_ABORTED" else [f"{asked.url}: {asked.failure}"]


@pytest.fixture(scope="session")
def embedded(tmp_path_factory):
    """At 10:50 on Friday 20 March 2020, with some bookings made."""
    with running(tmp_path_factory.mktemp("browser"), MADANG_CLOCK="2020-03-20T10:50:00+09:00") as embedded:
        staff = embedded.session("staff-1", "staff")
        for space, start, end in (("edu-1", 10, 12), ("edu-2", 13, 15), ("hall", 16, 19)):
            book(embedded, staff, space, "2020-03-20", start, end)
        yield embedded


@pytest.fixture(scope="session")
def april(tmp_path_factory):
    """An installation of its own, whose clock goes on from 6 April 2020 as the calls for tenants need it."""
    with running(tmp_path_factory.mktemp("april"), MADANG_CLOCK="2020-04-06T09:00:00+09:00") as embedded:
        yield April(embedded)


@pytest.fixture
def visit(browser, embedded):
    with visitors(browser, embedded.root) as visited:
        yield visited


@pytest.fixture
def visit_april(browser, april):
    with visitors(browser, april.embedded.root) as visited:
        yield visited


@contextmanager
def visitors(browser, root):
    """visit(reader, person): a page of a browser of their own, logged in as one of the people of the development
    login. `complaints`: what the browser has said; `asked`: the addresses that it has asked for.
    """
    contexts = []

    def visited(reader=Reader(), person=None):
        context = browser.new_context(
            viewport=SIZES[reader.size],
            color_scheme=reader.scheme,
            locale={"ko": "ko-KR", "en": "en-GB"}[reader.language],
            java_script_enabled=reader.scripts,
            base_url=root,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.complaints, page.asked = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("requestfailed", lambda asked: page.complaints.extend(unanswered(asked)))
        page.on("request", lambda asked: page.asked.append(asked.url))
        if person:
            log_in(context.request, reader.language, person)
        return page

    yield visited
    for each in contexts:
        each.close()


def log_in(asking, language, person):
    """As by the button of the login page (test_today.py), without a browser's work for it."""
    page = asking.get(f"/login?lang={language}")
    token = re.search('name="csrf_token" value="([^"]+)"', page.text())[1]
    form = {"csrf_token": token, "person": person, "next": "/"}
    answer = asking.post(f"/login/development?lang={language}", form=form, max_redirects=0)
    assert answer.status == 303, answer.text()


def follow(page, target):
    """A click that leads to a page, which is there on return: what is read then is not what stood there before."""
    with page.expect_navigation():
        page.click(target)


@pytest.fixture(params=READERS, ids=str)
def reader(request):
    return request.param
