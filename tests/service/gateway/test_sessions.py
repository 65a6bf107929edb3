"""Sessions of browsers: login, logout, what the cookie is, and that only our own pages change anything by it."""

import pytest

from tests.service.gateway.browsing import Browser
from tests.service.gateway.conftest import problem_of

JSON = {"Accept": "application/json"}


@pytest.fixture
def browser(madang) -> Browser:
    return Browser(madang)


def test_login_as_a_named_person_makes_a_session_for_pages_and_interface(browser):
    answer = browser.log_in("minji", next="/?lang=ko")
    assert answer.headers["Location"] == "/?lang=ko"
    me = browser.me().json()
    assert (me["id"], me["name"], me["roles"]) == ("minji", "김민지", ["resident"])


def test_login_page_offers_everybody_by_name(browser):
    page = browser.get("/login").text
    for name in ("김민지", "박준호", "윤소라", "정태양", "최연화", "강하늘", "이지우", "서은경"):
        assert f"{name}님으로 로그인" in page
    assert "Log in as 김민지" in browser.get("/login?lang=en").text


def test_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites_forms(browser):
    header = browser.log_in("minji").headers["Set-Cookie"]
    name, _, rest = header.partition("=")
    assert (name, {each.strip() for each in rest.split(";")[1:]}) == ("madang", {"HttpOnly", "Path=/", "SameSite=Lax"})


def test_login_gives_the_browser_another_value_and_ends_the_session_before(browser, madang):
    """Who planted a cookie before the login has nothing of it, nor who keeps one of an earlier session."""
    browser.get("/login")
    planted = browser.cookie
    browser.log_in("minji")
    first = browser.cookie
    browser.log_in("jiwoo")
    assert len({planted, first, browser.cookie}) == 3
    for old in (planted, first):
        assert madang.call("GET", "/me", cookies={"madang": old}).status_code == 401


def test_logout_ends_the_session_at_the_server(browser, madang):
    browser.log_in("minji")
    kept = browser.cookie
    answer = browser.submit("/logout")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/logout?lang=ko")
    assert browser.cookie != kept
    assert madang.call("GET", "/me", cookies={"madang": kept}).status_code == 401


@pytest.mark.parametrize("value", ["", "a", "a" * 43, "é" * 43, "../" * 14 + "a"])
def test_cookie_without_a_session_is_nobodys(madang, value):
    cookie = {"Cookie": f"madang={value}".encode()}
    assert madang.call("GET", "/spaces", headers=cookie).status_code == 200
    problem_of(madang.call("GET", "/me", headers=cookie), 401, "unauthenticated")


def test_interface_changes_nothing_by_a_cookie_alone(browser):
    token = browser.token()
    browser.log_in("haneul")
    for headers in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": "0" * 64}, {"X-CSRF-Token": token}):
        answer = browser.ask("POST", "/api/v1/me/calendar", headers={**JSON, **headers})
        problem_of(answer, 403, "forbidden")
    headers = {**JSON, "X-CSRF-Token": browser.token()}
    assert browser.ask("POST", "/api/v1/me/calendar", headers=headers).status_code == 201


def test_token_of_another_browser_is_refused(browser, madang):
    other = Browser(madang)
    other.log_in("junho")
    browser.log_in("minji")
    headers = {**JSON, "X-CSRF-Token": other.token()}
    problem_of(browser.ask("DELETE", "/api/v1/me/calendar", headers=headers), 403, "forbidden")


def test_bearer_token_needs_no_page_of_ours(browser, madang, resident):
    """And goes before the cookie: it was sent on purpose."""
    browser.log_in("jiwoo")
    bearer = {"Authorization": f"Bearer {resident}", **JSON}
    contact = {"email": "minji@example.org", "locale": "ko"}
    assert browser.ask("PUT", "/api/v1/me/contact", json=contact, headers=bearer).status_code == 200
    assert browser.get("/api/v1/me", headers=bearer).json()["name"] == "김민지"


@pytest.mark.parametrize("path", ["/login/development", "/logout"])
@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_form_that_is_not_ours_is_refused(browser, path, token):
    browser.get("/login")
    form = {"person": "jiwoo", **({} if token is None else {"csrf_token": token})}
    answer = browser.ask("POST", path, data=form)
    assert answer.status_code == 403
    assert "새로 고친 뒤 다시 해 주세요" in answer.text
    assert browser.me().status_code == 401


def test_form_without_the_browsers_cookie_is_refused(browser, madang):
    form = {"csrf_token": browser.token(), "person": "jiwoo"}
    assert Browser(madang).ask("POST", "/login/development", data=form).status_code == 403


@pytest.mark.parametrize("place", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/a\nb", ""])
def test_login_leads_nowhere_else(browser, place):
    assert browser.log_in("minji", next=place).headers["Location"] == "/"


@pytest.mark.parametrize(
    "name", ["evil.example", "madang.local:8000", "127.0.0.1.evil.example", "192.168.0.7", "", "[::]"]
)
def test_development_login_is_for_who_asks_for_this_machine(browser, madang, name):
    """A page that has given its own name this machine's address sends that name."""
    form = {"csrf_token": browser.token(), "person": "jiwoo"}
    headers = {"Host": name, "Cookie": f"madang={browser.cookie}"}
    assert browser.ask("POST", "/login/development", data=form, headers=headers).status_code == 404
    assert "이지우" not in browser.get("/login", headers=headers).text
    problem_of(madang.call("POST", "/dev/tokens", json={"sub": "minji"}, headers={"Host": name}), 404, "not_found")
    problem_of(madang.call("GET", "/dev/mailbox", headers={"Host": name}), 404, "not_found")


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"])
def test_development_login_is_not_for_who_comes_through_a_proxy(madang, header):
    """A proxy on this machine makes the whole world look like this machine."""
    answer = madang.call("POST", "/dev/tokens", json={"sub": "minji"}, headers={header: "127.0.0.1"})
    problem_of(answer, 404, "not_found")


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST:8000", "[::1]:8000", "127.0.0.1"])
def test_development_login_knows_this_machine_by_its_names(madang, name):
    answer = madang.call("POST", "/dev/tokens", json={"sub": "minji"}, headers={"Host": name})
    assert answer.status_code == 200


def test_cookie_of_an_installation_behind_https_is_the_hosts_alone(fresh):
    madang = fresh(MADANG_PUBLIC_ADDRESS="https://localhost")
    answer = madang.call("GET", "/login")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    header = answer.headers["Set-Cookie"]
    name, _, rest = header.partition("=")
    attributes = {each.strip() for each in rest.split(";")[1:]}
    assert (name, attributes) == ("__Host-madang", {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"})


def test_log_has_no_secret_of_a_session(browser, madang):
    browser.log_in("minji")
    browser.me()
    said = madang.log()
    assert browser.cookie not in said
    assert browser.token() not in said
    assert '"actor": "minji"' in said
    assert "김민지" not in said
