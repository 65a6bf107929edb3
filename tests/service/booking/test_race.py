"""Scenario 3: clients race for a slot, and exactly one gets it. Negative control: without protection they do harm."""

import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import eventlet
import pytest
import yaml
from sqlalchemy import text

from services.booking.domain.lifecycle import Purpose
from services.booking.schemas import RequestBooking
from services.booking.usecases import request_booking
from services.chassis import migrate, profile
from services.chassis.context import Actor
from services.chassis.db import Database
from services.chassis.errors import Refused
from services.chassis.manifest import named
from tests import servers

pytestmark = pytest.mark.servers

CLIENTS, TRIALS = 32, 100
NOW = datetime(2020, 3, 10, tzinfo=UTC)
FIRST = datetime(2020, 3, 20, 0, tzinfo=UTC)
WON_ONCE = Counter({"accepted": 1, "slot_taken": CLIENTS - 1})
STEP = sys.modules["services.booking.usecases.request_booking"]


@pytest.fixture
def database():
    url = servers.postgres().create_database()
    database = Database(url, connections=CLIENTS)
    manifest = named("booking")
    migrate.upgrade(database, manifest)
    yield database
    database.dispose()
    servers.postgres().drop_database(url)


@pytest.fixture
def rules(database):
    manifest = named("booking")
    with open("deploy/centres/seogu.yaml", encoding="utf-8") as file:
        content = yaml.safe_load(file)
    database.transaction(lambda session: profile.load(session, manifest, content, NOW))
    return profile.typed(manifest, {name: content[name] for name in manifest.sections})


def slots(rules) -> list[datetime]:
    """TRIALS times on business days, far enough from each other for the hall's buffers."""
    days = [FIRST + timedelta(days=number) for number in range(60)]
    open_days = [day for day in days if rules.centre.is_business_day(day.date())]
    return [day + timedelta(hours=hour) for day in open_days for hour in (0, 3, 6, 9)][:TRIALS]


def race(database, rules, start: datetime) -> Counter[str]:
    """CLIENTS apply at once for hours that overlap each other; half for the hall, half for a room in it."""
    now = start - timedelta(days=10)

    def apply(client: int) -> str:
        hall = client % 2 == 0
        wanted = RequestBooking(
            "hall" if hall else "lounge", start, start + timedelta(hours=1), f"client {client}", Purpose.COMMUNITY, 10
        )
        try:
            database.transaction(
                lambda session: request_booking(session, wanted, actor=Actor(f"r{client}", "r"), rules=rules, now=now)
            )
        except Refused as refused:
            return refused.code
        return "accepted"

    pool = eventlet.GreenPool(CLIENTS)
    return Counter(pool.imap(apply, range(CLIENTS)))


def overlaps(database) -> int:
    pairs = text(
        "SELECT count(*) FROM holds a JOIN holds b ON a.room_id = b.room_id AND a.id < b.id"
        " AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"
    )
    return database.transaction(lambda session: session.execute(pairs).scalar_one())


def without_lock(monkeypatch) -> None:
    monkeypatch.setattr(STEP, "lock_rooms", lambda _, __: None)


def test_one_of_32_gets_the_slot_in_each_of_100_trials(database, rules):
    results = [race(database, rules, start) for start in slots(rules)]
    assert results == [WON_ONCE] * TRIALS
    assert overlaps(database) == 0


def test_constraint_alone_still_lets_only_one_in(database, rules, monkeypatch):
    without_lock(monkeypatch)
    results = [race(database, rules, start) for start in slots(rules)[:2]]
    assert results == [WON_ONCE] * 2
    assert overlaps(database) == 0


def test_negative_control_without_lock_and_constraint_double_books(database, rules, monkeypatch):
    without_lock(monkeypatch)
    drop = text("ALTER TABLE holds DROP CONSTRAINT no_two_holds_of_one_room_overlap")
    database.transaction(lambda session: session.execute(drop))
    harmed = any(race(database, rules, start) and overlaps(database) for start in slots(rules))
    assert harmed
