"""The page of today, as a browser without scripts gets it, and what people see of problems."""

import re

import pytest

from tests.service.gateway.conftest import application


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


@pytest.fixture(autouse=True)
def _forget_the_language(madang):
    """A browser keeps the language that was chosen; the tests' session is shared."""
    yield
    madang.session.cookies.clear()


@pytest.fixture(scope="module")
def page(madang, staff) -> str:
    today = application("hall", "2020-03-10", 15, 18, attendees=60, title="비공개 회의")
    assert madang.call("POST", "/bookings", staff, json=today).status_code == 201
    return madang.call("GET", "/").text


def test_page_of_today_is_korean_by_default(madang, page):
    answer = madang.call("GET", "/")
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "ko")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert re.findall(r"<script(?! defer src=)", answer.text) == []
    assert "style=" not in answer.text
    said = text_of(page)
    assert "3월 10일 (화) 지금 열려 있습니다 09:00–21:00" in said
    assert "교육장 1 30명 비어 있음 14:30까지 14:30–18:30 다목적홀" in said
    assert "회의실 12명 비어 있음 오늘 예약 없음" in said


def test_page_says_nothing_of_others_affairs(page):
    assert "비공개 회의" not in page
    assert "김담당" not in page


def test_page_of_today_has_every_room_and_hour_as_a_table(page):
    assert re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)<', page) == [
        "교육장 1",
        "교육장 2",
        "회의실",
        "소통공간",
        "다목적홀",
    ]
    assert [
        int(hour) for hour in re.findall(r'<th scope="colgroup"[^>]*><span aria-hidden="true">(\d+)<', page)
    ] == list(range(9, 21))
    for row in re.findall(r'<tr>\s*<th scope="row">.*?</tr>', page, re.S):
        assert sum(int(halves) for halves in re.findall(r'<td colspan="(\d+)"', row)) == 24


@pytest.mark.parametrize(("path", "header"), [("/?lang=en", "ko"), ("/", "en-US,en;q=0.8,ko;q=0.5")])
def test_page_in_english(madang, path, header):
    answer = madang.session.get(madang.address + path, headers={"Accept-Language": header})
    assert answer.headers["Content-Language"] == "en"
    assert '<html lang="en">' in answer.text
    assert '<a href="?lang=ko" lang="ko"' in answer.text
    assert "Tuesday 10 March" in text_of(answer.text)


def test_unknown_language_is_answered_in_korean(madang):
    assert madang.session.get(madang.address + "/?lang=xx").headers["Content-Language"] == "ko"


def test_style_is_kept_by_browsers_and_found(madang, page):
    addresses = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert len(addresses) == 3
    for address in addresses:
        style = madang.session.get(madang.address + address)
        assert (style.status_code, style.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
        assert "max-age=31536000" in style.headers["Cache-Control"]
    assert madang.session.get(f"{madang.address}/static/%2e%2e/pages.py").status_code == 404


def test_browser_is_told_of_a_problem_on_a_page(madang):
    answer = madang.session.get(f"{madang.address}/nothing", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "찾으시는 것이 없습니다." in text_of(answer.text)


def test_holiday_is_named_with_the_next_opening(fresh):
    """1 March 2020 is a Sunday and Independence Movement Day."""
    said = text_of(fresh(now="2020-03-01T11:00:00+09:00").call("GET", "/").text)
    assert "3월 1일 (일) 오늘은 쉽니다" in said
    assert "삼일절" in said
    assert "내일 09:00에 엽니다" in said


def test_services_that_are_away_are_said_to_be_away(fresh):
    madang = fresh(command=("serve", "gateway"), MADANG_DEV_LOGIN="1", MADANG_RPC_DEADLINE="1")
    page = madang.session.get(f"{madang.address}/", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["Retry-After"]) == (503, "2")
    assert "지금은 예약 현황을 불러올 수 없습니다" in text_of(page.text)
    answer = madang.call("GET", "/spaces")
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
    assert (answer.headers["Retry-After"], answer.json()["code"]) == ("2", "unavailable")
    assert madang.call("GET", "/livez").status_code == 200
