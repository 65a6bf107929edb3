"""Tokens: what is issued is read again, and nothing else is."""

import stat
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from services.chassis import clock
from services.chassis.config import Config, ConfigError
from services.chassis.context import Actor
from services.gateway.identity import LIFETIME, Tokens
from services.gateway.identity.subject import Subject
from services.gateway.problems import Unauthenticated

KEY = "k" * 32
PERSON = {"sub": "minji", "name": "김민지", "roles": ["resident"], "orgs": ["행복마을"], "locale": "en-GB"}


def signed(header: dict | None = None, key: str = KEY, without: str = "", **claims) -> str:
    now = int(clock.wall().timestamp())
    known = {"iss": "madang", "aud": "madang", "iat": now, "exp": now + 60, **PERSON, **claims}
    known.pop(without, None)
    header = header or {"alg": "HS256"}
    return jwt.encode(header, known, OctKey.import_key(key), algorithms=["HS256", "HS512"])


def test_issued_token_gives_the_person_again():
    tokens = Tokens(KEY)
    actor, locale = tokens.person(tokens.issue(Subject().load(PERSON)))
    assert actor == Actor("minji", "김민지", frozenset({"resident"}), ("행복마을",))
    assert locale == "en"


def test_name_is_the_id_where_none_is_given():
    assert Subject().load({"sub": "minji"}) == {
        "sub": "minji",
        "name": "minji",
        "roles": [],
        "orgs": [],
        "locale": "ko",
    }


def test_token_is_good_while_the_centres_clock_moves_and_ends_by_the_wall_clock(monkeypatch):
    tokens = Tokens(KEY)
    token = tokens.issue(Subject().load(PERSON))
    clock.start_at(clock.wall() + timedelta(days=40))
    assert tokens.person(token)[0].id == "minji"
    later = clock.wall() + LIFETIME + timedelta(minutes=2)
    monkeypatch.setattr(clock, "wall", lambda: later)
    with pytest.raises(Unauthenticated):
        tokens.person(token)


FORGED = {
    "another key": {"key": "x" * 32},
    "another algorithm": {"header": {"alg": "HS512"}},
    "another issuer": {"iss": "somebody"},
    "another audience": {"aud": "somebody"},
    "without an end": {"without": "exp"},
    "without an issuer": {"without": "iss"},
    "without roles": {"without": "roles"},
    "ended": {"exp": 1},
    "issued in the future": {"iat": 2**40},
    "an end that is no number": {"exp": "tomorrow"},
    "nobody": {"sub": ""},
    "roles that are none": {"roles": {"staff": True}},
    "a list as name": {"name": ["a"]},
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED.keys())
def test_token_that_is_not_ours_is_refused(forged):
    with pytest.raises(Unauthenticated):
        Tokens(KEY).person(signed(**forged))


def test_unsigned_token_is_refused():
    header = urlsafe_b64encode(b'{"alg": "none"}').decode().rstrip("=")
    _, claims, _ = signed().split(".")
    with pytest.raises(Unauthenticated):
        Tokens(KEY).person(f"{header}.{claims}.")


@pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", "W10.W10.W10", "é.é.é", "a" * 8000, "\0"])
def test_what_is_no_token_is_refused(token):
    with pytest.raises(Unauthenticated):
        Tokens(KEY).person(token)


def test_key_is_made_once_and_is_the_owners_alone(tmp_path):
    config = replace(Config(), data=tmp_path / "new")
    token = Tokens.of(config).issue(Subject().load(PERSON))
    assert Tokens.of(config).person(token)[0].id == "minji"
    assert [each.name for each in config.data.iterdir()] == ["token.key"]
    assert stat.S_IMODE((config.data / "token.key").stat().st_mode) == 0o600


def test_short_key_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="MADANG_TOKEN_KEY"):
        Tokens.of(replace(Config(), data=tmp_path, token_key="secret"))
