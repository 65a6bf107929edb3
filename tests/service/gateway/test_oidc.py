"""The login at an OpenID Connect issuer, which runs as a process of its own: what works, and what nobody gets in by."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
import requests

from tests.issuer.tokens import AUDIENCE, CLIENT, SECRET
from tests.servers.ports import free_port
from tests.service.gateway.browsing import Browser
from tests.service.gateway.conftest import Installation, problem_of
from tests.waiting import PATIENCE


class Issuer:
    def __init__(self) -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.issuer", str(port)], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout.readline() == "ready\n"

    def tell(self, **order) -> dict:
        return requests.post(f"{self.address}/control", json=order, timeout=PATIENCE).json()

    def token(self, account: str = "u-1001", how: str = "") -> str:
        return self.tell(account=account, access=how)["token"]

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._process.stdout.close()


@pytest.fixture(scope="module")
def running_issuer() -> Iterator[Issuer]:
    issuer = Issuer()
    yield issuer
    issuer.stop()


@pytest.fixture
def issuer(running_issuer) -> Iterator[Issuer]:
    """As it should be, for each test and after it."""
    running_issuer.tell(fault="", account="u-1001")
    yield running_issuer
    running_issuer.tell(fault="", account="u-1001")


def settings_with(issuer: Issuer, port: int) -> dict[str, str]:
    return {
        "MADANG_PORT": str(port),
        "MADANG_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}",
        "MADANG_OIDC_ISSUER": issuer.address,
        "MADANG_OIDC_CLIENT_ID": CLIENT,
        "MADANG_OIDC_CLIENT_SECRET": SECRET,
        "MADANG_OIDC_AUDIENCE": AUDIENCE,
        "MADANG_OIDC_ROLES_CLAIM": "groups",
        "MADANG_OIDC_ROLES": "centre-staff=staff director=staff director=director",
        "MADANG_OIDC_ORGS_CLAIM": "groups",
        "MADANG_OIDC_ORGS_PREFIX": "/orgs/",
        "MADANG_OIDC_FLOOR": "0.3",
    }


@pytest.fixture(scope="module")
def site(running_issuer, tmp_path_factory) -> Iterator[Installation]:
    """`madang run` with an issuer beside the development login."""
    port = free_port()
    site = Installation(tmp_path_factory.mktemp("oidc"), **settings_with(running_issuer, port))
    yield site
    site.stop()


@pytest.fixture
def browser(site) -> Browser:
    return Browser(site)


def sent_to_issuer(browser: Browser, place: str = "/") -> str:
    """The address to which the login sends the browser."""
    answer = browser.get(f"/login/elsewhere?{urlencode({'next': place})}")
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def brought_back(browser: Browser, place: str = "/") -> str:
    """The address with which the issuer sends it back."""
    return browser.get(sent_to_issuer(browser, place)).headers["Location"]


def log_in(browser: Browser) -> requests.Response:
    return browser.get(brought_back(browser))


def refused(answer: requests.Response, browser: Browser) -> None:
    """Nobody is logged in, and the page does not say why."""
    assert answer.status_code == 400
    assert "로그인하지 못했습니다" in answer.text
    assert browser.me().status_code == 401


def test_login_with_roles_and_organisations_by_the_mapping(browser, issuer):
    answer = browser.get(brought_back(browser, "/?lang=ko"))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/?lang=ko")
    assert browser.me().json() == {
        "id": "u-1001",
        "name": "한지민",
        "roles": ["resident", "staff"],
        "orgs": ["happy-village", "haneul-coop"],
        "locale": "ko",
    }


@pytest.mark.parametrize(
    ("account", "name", "roles", "locale"),
    [("u-1002", "Alex Kim", ["director", "resident", "staff"], "en"), ("u-1003", "nari", ["resident"], "ko")],
)
def test_login_of_others(browser, issuer, account, name, roles, locale):
    issuer.tell(account=account)
    log_in(browser)
    me = browser.me().json()
    assert (me["name"], me["roles"], me["locale"], me["orgs"]) == (name, roles, locale, [])


def test_login_asks_with_challenge_state_and_nonce_that_are_new_each_time(browser, issuer):
    first, second = ({**dict(parse_qsl(urlsplit(sent_to_issuer(browser)).query))} for _ in range(2))
    assert first["code_challenge_method"] == "S256"
    assert (first["response_type"], first["scope"], first["client_id"]) == ("code", "openid profile", CLIENT)
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != second[name]


def test_cookie_changes_at_the_login(browser, issuer):
    address = brought_back(browser)
    before = browser.cookie
    browser.get(address)
    assert browser.cookie != before


def test_state_is_good_once(browser, site, issuer):
    """Even with a fresh code of the issuer's, and in the browser that set out with it."""
    address = sent_to_issuer(browser)
    set_out = {"Cookie": f"madang={browser.cookie}"}
    assert browser.get(browser.get(address).headers["Location"]).status_code == 303
    again = Browser(site)
    asked = issuer.tell()["asked"].get("/token")
    refused(again.get(again.get(address).headers["Location"], headers=set_out), again)
    assert issuer.tell()["asked"].get("/token") == asked


def test_state_is_used_up_by_a_return_that_failed(browser, issuer):
    address = sent_to_issuer(browser)
    issuer.tell(fault="denied")
    refused(browser.get(browser.get(address).headers["Location"]), browser)
    issuer.tell(fault="")
    refused(browser.get(browser.get(address).headers["Location"]), browser)


def test_state_of_another_browser_is_refused(browser, site, issuer):
    """Who is sent the address of somebody else's login does not become them."""
    other = Browser(site)
    other.get("/login")
    refused(other.get(brought_back(browser)), other)


@pytest.mark.parametrize("name", ["state", "code", "iss"])
@pytest.mark.parametrize("how", ["missing", "made up"])
def test_return_without_what_belongs_to_it_is_refused(browser, issuer, name, how):
    parts = urlsplit(brought_back(browser))
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    if how == "missing":
        del query[name]
    else:
        query[name] = "made-up"
    refused(browser.get(parts._replace(query=urlencode(query)).geturl()), browser)


def test_login_that_the_issuer_denies(browser, issuer):
    issuer.tell(fault="denied")
    refused(log_in(browser), browser)


BAD = (
    "expired",
    "another audience",
    "for several",
    "another issuer",
    "another nonce",
    "no nonce",
    "no end",
    "no audience",
    "from the future",
    "nobody",
    "an odd name",
    "alg none",
    "a key of its own",
    "an unknown key",
    "the public key as a secret",
    "another algorithm",
)


@pytest.mark.parametrize("fault", BAD)
def test_id_token_that_is_not_good_is_refused(browser, issuer, fault):
    issuer.tell(fault=fault)
    refused(log_in(browser), browser)


BAD_BEARERS = [each for each in BAD if each not in {"another nonce", "no nonce", "for several"}]


@pytest.mark.parametrize("fault", BAD_BEARERS)
def test_bearer_token_that_is_not_good_is_refused(site, issuer, fault):
    problem_of(site.call("GET", "/me", issuer.token(how=fault)), 401, "unauthenticated")


def test_bearer_token_of_the_issuer_is_good(site, issuer):
    me = site.call("GET", "/me", issuer.token("u-1002")).json()
    assert (me["id"], me["roles"]) == ("u-1002", ["director", "resident", "staff"])


def test_id_token_is_no_bearer_token(site, browser, issuer):
    """It is for this client, too, but says who somebody is to the door, and is no key to the interface."""
    query = dict(parse_qsl(urlsplit(browser.get(authorization(site)).headers["Location"]).query))
    form = {"grant_type": "authorization_code", "code": query["code"], "code_verifier": VERIFIER}
    form["redirect_uri"] = f"{site.address}/login/callback"
    told = requests.post(f"{issuer.address}/token", data=form, auth=(CLIENT, SECRET), timeout=PATIENCE).json()
    problem_of(site.call("GET", "/me", told["id_token"]), 401, "unauthenticated")
    assert site.call("GET", "/me", told["access_token"]).status_code == 200


def test_keys_may_change_at_any_time(site, issuer):
    before = issuer.token()
    assert site.call("GET", "/me", before).status_code == 200
    issuer.tell(rotate="keep")
    time.sleep(0.4)  # the floor of this installation
    assert site.call("GET", "/me", issuer.token()).status_code == 200
    assert site.call("GET", "/me", before).status_code == 200
    issuer.tell(rotate="forget")
    time.sleep(0.4)
    assert site.call("GET", "/me", issuer.token()).status_code == 200
    problem_of(site.call("GET", "/me", before), 401, "unauthenticated")


def test_login_after_the_keys_changed(browser, issuer):
    log_in(browser)
    issuer.tell(rotate="forget")
    time.sleep(0.4)
    assert log_in(browser).status_code == 303


def test_made_up_keys_do_not_make_the_issuer_be_stormed(site, issuer):
    bad = issuer.token(how="an unknown key")
    site.call("GET", "/me", bad)
    before, began = issuer.tell()["asked"]["/keys"], time.monotonic()
    for _ in range(60):
        assert site.call("GET", "/me", bad).status_code == 401
    most = (time.monotonic() - began) / 0.3 + 1
    assert issuer.tell()["asked"]["/keys"] - before <= most


def test_issuer_that_is_away_stops_neither_who_is_in_nor_bearers_of_known_keys(browser, site, issuer):
    log_in(browser)
    token = issuer.token()
    assert site.call("GET", "/me", token).status_code == 200
    issuer.tell(fault="away")
    assert browser.me().status_code == 200
    assert site.call("GET", "/me", token).status_code == 200


def test_logout_offers_to_end_the_issuers_session_too(browser, issuer):
    log_in(browser)
    place = browser.submit("/logout").headers["Location"]
    assert f'href="{issuer.address}/end"' in browser.get(place).text
    assert browser.me().status_code == 401


def test_issuer_that_was_never_there_is_said_to_be_away(fresh):
    """And one that calls itself otherwise counts as away: its keys are another's."""
    gone = f"http://127.0.0.1:{free_port()}"
    port = free_port()
    site = fresh(
        MADANG_PORT=str(port),
        MADANG_PUBLIC_ADDRESS=f"http://127.0.0.1:{port}",
        MADANG_OIDC_ISSUER=gone,
        MADANG_OIDC_CLIENT_ID=CLIENT,
    )
    answer = Browser(site).get("/login/elsewhere")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert site.call("GET", "/spaces").status_code == 200


@contextmanager
def endless() -> Iterator[tuple[str, list[socket.socket]]]:
    """An issuer that answers drop by drop, and never to the end: its address, and who has asked it."""
    asked: list[socket.socket] = []
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            listening.settimeout(0.2)
            while not over.is_set():
                with suppress(TimeoutError):
                    asked.append(listening.accept()[0])
                    asked[-1].sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{")
                for each in asked:
                    with suppress(OSError):
                        each.sendall(b" ")

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", asked
        finally:
            over.set()
            dripping.join()
            for each in asked:
                each.close()


def test_issuer_that_never_ends_its_answer_is_waited_for_not_without_end_and_by_nobody_else(fresh):
    with endless() as (address, asked), ThreadPoolExecutor(1) as pool:
        port = free_port()
        public = f"http://127.0.0.1:{port}"
        site = fresh(
            MADANG_PORT=str(port),
            MADANG_PUBLIC_ADDRESS=public,
            MADANG_OIDC_ISSUER=address,
            MADANG_OIDC_CLIENT_ID=CLIENT,
        )
        waiting = pool.submit(Browser(site).get, "/login/elsewhere")
        assert site.call("GET", "/spaces").status_code == 200
        answer = waiting.result(PATIENCE)
        assert (answer.status_code, answer.headers.get("Retry-After"), len(asked)) == (503, "2", 1), answer.text


VERIFIER = "v" * 64
CHALLENGE = "w1TpKUdYE9hUAcNSeeSRFioHDxfUxuHho_JHAfZ_vDM"


def authorization(site: Installation, **other: str) -> str:
    asked = {
        "response_type": "code",
        "client_id": CLIENT,
        "scope": "openid",
        "state": "s",
        "nonce": "n",
        "redirect_uri": f"{site.address}/login/callback",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **other,
    }
    return f"{site.environment['MADANG_OIDC_ISSUER']}/authorize?{urlencode(asked)}"


@pytest.mark.parametrize(
    "other", [{"code_challenge": ""}, {"code_challenge_method": "plain"}, {"code_challenge_method": ""}]
)
def test_provider_insists_on_pkce(browser, site, issuer, other):
    """Negative control: that a login works here shows that we send a challenge."""
    query = parse_qs(urlsplit(browser.get(authorization(site, **other)).headers["Location"]).query)
    assert query["error"] == ["invalid_request"]


@pytest.mark.parametrize("verifier", ["", "another"])
def test_provider_gives_no_token_without_the_verifier(browser, site, issuer, verifier):
    """Negative control: that a login works here shows that we send what belongs to the challenge."""
    query = dict(parse_qsl(urlsplit(browser.get(authorization(site)).headers["Location"]).query))
    form = {"grant_type": "authorization_code", "code": query["code"], "code_verifier": verifier}
    form["redirect_uri"] = f"{site.address}/login/callback"
    answer = requests.post(f"{issuer.address}/token", data=form, auth=(CLIENT, SECRET), timeout=PATIENCE)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})
