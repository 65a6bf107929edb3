"""The store of sessions, on SQLite and on PostgreSQL: when a session ends, and what stands in the tables."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from joserfc.jwk import KeySet, RSAKey
from sqlalchemy import text

from services.chassis.config import Config
from services.chassis.context import Actor
from services.chassis.db import Database
from services.gateway.identity.issuer import Issuer
from services.gateway.identity.oidc import OpenIdLogin, _used_up
from services.gateway.identity.sessions import IDLE, LONGEST, LoggedIn, Sessions, forget_ended
from tests.service import migrated

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
MINJI = LoggedIn(Actor("minji", "김민지", frozenset({"resident", "member"}), ("행복마을", "another")), "ko")
STEP = timedelta(minutes=30)


@pytest.fixture
def database(database_kind):
    with migrated.lend(database_kind, "gateway") as database:
        yield database


def login_of(database: Database) -> OpenIdLogin:
    """At an issuer that is known by heart."""
    address = "https://issuer.example"
    places = {name: f"{address}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    keys = KeySet([RSAKey.generate_key(2048)]).as_dict()
    issuer = Issuer(address, 30.0, lambda asked: keys if asked.endswith("jwks_uri") else {"issuer": address, **places})
    return OpenIdLogin(replace(Config(), oidc_client_id="us"), issuer, database)


def count(database: Database, table: str) -> int:
    return database.transaction(lambda session: session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_every_replica_knows_a_session_and_its_end(database):
    here, there = Sessions(database), Sessions(database)
    here.begin("value", MINJI, NOW)
    assert there.find("value", NOW) == MINJI
    there.end("value")
    assert here.find("value", NOW) is None


def test_session_that_is_used_lasts_until_its_longest(database):
    sessions = Sessions(database)
    sessions.begin("value", MINJI, NOW)
    at = NOW
    while at < NOW + LONGEST:
        assert sessions.find("value", at) == MINJI
        at += STEP
    assert sessions.find("value", NOW + LONGEST) is None


def test_session_that_is_not_used_ends(database):
    sessions = Sessions(database)
    sessions.begin("value", MINJI, NOW)
    assert sessions.find("value", NOW + IDLE - STEP) == MINJI
    assert sessions.find("value", NOW + IDLE + STEP) == MINJI
    assert sessions.find("value", NOW + IDLE + STEP + IDLE) is None


def test_store_does_not_have_what_the_browser_keeps(database):
    Sessions(database).begin("the-browsers-value", MINJI, NOW)
    row = database.transaction(lambda session: session.execute(text("SELECT * FROM sessions")).one())
    assert "the-browsers-value" not in str(row)


def test_what_has_ended_is_forgotten_and_nothing_else(database):
    sessions = Sessions(database)
    sessions.begin("old", MINJI, NOW - LONGEST)
    sessions.begin("idle", MINJI, NOW - IDLE)
    sessions.begin("good", MINJI, NOW)
    login_of(database).begin("browser", "/")
    assert database.transaction(lambda session: forget_ended(session, NOW)) == 2
    assert (count(database, "sessions"), count(database, "login_attempts")) == (1, 1)
    later = datetime.now(UTC) + timedelta(days=1)
    database.transaction(lambda session: forget_ended(session, later))
    assert (count(database, "sessions"), count(database, "login_attempts")) == (0, 0)


def test_attempt_is_over_after_its_time(database, monkeypatch):
    state = login_of(database).begin("browser", "/").partition("state=")[2].partition("&")[0]
    later = datetime.now(UTC) + timedelta(minutes=11)
    monkeypatch.setattr("services.chassis.clock.wall", lambda: later)
    assert database.transaction(lambda session: _used_up(session, state, "browser")) is None
