"""Too many requests of one person or address, over HTTP."""

import pytest

from tests.service.gateway.browsing import Browser
from tests.service.gateway.conftest import problem_of


@pytest.fixture
def limited(fresh):
    """Eight requests at once, then one every two seconds."""
    return fresh(MADANG_RATE_LIMIT="32")


def spent(ask, most: int = 12):
    """The first answer that is a refusal, after those that were not."""
    answers = [ask() for _ in range(most)]
    assert {each.status_code for each in answers[:4]} == {answers[0].status_code} != {429}
    return next(each for each in answers if each.status_code == 429)


def test_too_many_requests_of_one_are_refused_and_nobody_elses(limited):
    minji, junho = limited.token("minji", "resident"), limited.token("junho", "resident")
    refused = spent(lambda: limited.call("GET", "/me", minji))
    problem_of(refused, 429, "too_many")
    assert refused.headers["Retry-After"] == "2"
    assert limited.call("GET", "/me", junho).status_code == 200


def test_who_guesses_tokens_is_limited_by_address(limited):
    refused = spent(lambda: limited.call("GET", "/me", "a.b.c"))
    problem_of(refused, 429, "too_many")
    assert limited.call("GET", "/spaces").status_code == 429


def test_page_says_it_too_and_probes_and_styles_are_not_counted(limited):
    browser = Browser(limited)
    page = browser.get("/").text
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    refused = spent(lambda: browser.get("/"))
    assert "짧은 시간에 요청이 너무 많았습니다" in refused.text
    assert (browser.get(style).status_code, browser.get("/livez").status_code) == (200, 200)


def test_forwarded_address_counts_only_behind_a_proxy_of_ours(fresh):
    site = fresh(MADANG_RATE_LIMIT="32", MADANG_TRUSTED_PROXIES="127.0.0.0/8")
    spent(lambda: site.call("GET", "/spaces", headers={"X-Forwarded-For": "203.0.113.7"}))
    other = site.call("GET", "/spaces", headers={"X-Forwarded-For": "203.0.113.7, 203.0.113.8"})
    assert other.status_code == 200
