"""Pages of `madang run` in headless Chromium: on a phone and on a desktop, in light and dark, in Korean and English."""

import os

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.servers.programs import CHROMIUM, path_of
from tests.system.embedded import running

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Browser:
    program = os.environ.get(CHROMIUM.variable) or path_of(CHROMIUM, "chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def embedded(tmp_path_factory):
    """At 10:20 on Friday 20 March 2020, with some bookings made."""
    with running(tmp_path_factory.mktemp("browser"), MADANG_CLOCK="2020-03-20T10:20:00+09:00") as embedded:
        staff = embedded.session("staff-1", "staff")
        for space, start, end in (("edu-1", 10, 12), ("edu-2", 13, 15), ("hall", 16, 19)):
            booking = {
                "space_id": space,
                "start": f"2020-03-20T{start:02}:00:00+09:00",
                "end": f"2020-03-20T{end:02}:00:00+09:00",
                "title": "마을 모임",
                "purpose": "community",
                "attendees": 10,
            }
            assert staff.post(f"{embedded.url}/bookings", json=booking, timeout=30).status_code == 201
        yield embedded
