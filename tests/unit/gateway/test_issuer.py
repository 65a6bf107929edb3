"""When the issuer is asked for its keys, and when what it says is not taken."""

import pytest
import requests
from joserfc.jwk import KeySet, RSAKey

from services.chassis.errors import Unavailable
from services.gateway.identity import issuer as module
from services.gateway.identity.issuer import FRESH, WELL_KNOWN, Issuer

ADDRESS, FLOOR = "https://issuer.example", 30.0
METADATA = {
    "issuer": ADDRESS,
    "authorization_endpoint": f"{ADDRESS}/authorize",
    "token_endpoint": f"{ADDRESS}/token",
    "jwks_uri": f"{ADDRESS}/keys",
}
KEYS = [RSAKey.generate_key(2048, {"kid": name}) for name in ("first", "second")]


class Net:
    """The issuer's addresses as they answer now."""

    def __init__(self) -> None:
        self.metadata, self.keys, self.is_away, self.asked = dict(METADATA), KEYS[:1], False, 0

    def __call__(self, address: str) -> dict:
        if self.is_away:
            self.asked += address.endswith(WELL_KNOWN)
            raise requests.ConnectionError(address)
        if address.endswith(WELL_KNOWN):
            return self.metadata
        self.asked += 1
        return KeySet(list(self.keys)).as_dict()


@pytest.fixture
def net() -> Net:
    return Net()


@pytest.fixture
def at(monkeypatch):
    """at(seconds): the machine's running time is that."""
    now = [1000.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    return lambda seconds: now.__setitem__(0, 1000.0 + seconds)


def known(issuer: Issuer, kid: str) -> list[str]:
    return [key.kid for key in issuer.keys(kid)]


def test_keys_are_kept_and_asked_for_again_when_they_are_old(net, at):
    issuer = Issuer(ADDRESS, FLOOR, net)
    for seconds, asked in ((0, 1), (FRESH, 1), (FRESH + 1, 2), (FRESH + 2, 2)):
        at(seconds)
        issuer.keys("first")
        assert net.asked == asked


def test_key_that_is_not_known_is_asked_for_at_most_once_in_the_floor(net, at):
    issuer = Issuer(ADDRESS, FLOOR, net)
    assert known(issuer, "first") == ["first"]
    net.keys = KEYS[::-1]
    at(FLOOR - 1)
    assert known(issuer, "second") == ["first"]
    at(FLOOR)
    assert known(issuer, "second") == ["second", "first"]
    assert net.asked == 2


def test_issuer_that_is_away_is_not_asked_again_at_once(net, at):
    issuer = Issuer(ADDRESS, FLOOR, net)
    net.is_away = True
    for seconds, asked in ((0, 1), (1, 1), (FLOOR - 1, 1), (FLOOR, 2)):
        at(seconds)
        with pytest.raises(Unavailable):
            issuer.keys("first")
        assert net.asked == asked


def test_known_keys_stay_good_while_the_issuer_is_away(net, at):
    issuer = Issuer(ADDRESS, FLOOR, net)
    issuer.keys("first")
    net.is_away = True
    at(FRESH * 3)
    assert known(issuer, "first") == ["first"]


@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://another.example"},
        {"issuer": None},
        {"jwks_uri": "http://issuer.example/keys"},
        {"token_endpoint": "file:///etc/passwd"},
        {"authorization_endpoint": None},
    ],
)
def test_what_is_not_the_issuers_is_not_taken(net, at, told):
    net.metadata = {**METADATA, **told}
    with pytest.raises(Unavailable):
        Issuer(ADDRESS, FLOOR, net).keys("first")
