"""Scenario 3: clients race for a slot, and exactly one gets it. Negative control: without protection they do harm."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import eventlet
import pytest
from sqlalchemy import text

from services.booking.contract.vocabulary import Purpose
from services.booking.domain.application import Particulars
from services.booking.usecases import locking, request_booking
from services.chassis.context import Actor
from services.chassis.errors import Refused
from tests.service.booking.calls import carry_out, request_of
from tests.service.booking.conftest import CLIENTS
from tests.service.booking.harm import overlaps
from tests.soak import examples

pytestmark = pytest.mark.servers

TRIALS = examples(25, 100)
FIRST = datetime(2020, 3, 20, 0, tzinfo=UTC)
WON_ONCE = Counter({"accepted": 1, "slot_taken": CLIENTS - 1})


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
        particulars = Particulars("모임", Purpose.COMMUNITY, 10)
        request = request_of("hall" if hall else "lounge", start, start + timedelta(hours=1), particulars)
        person = Actor(f"{start.isoformat()}:{client}", "r")
        try:
            database.transaction(
                lambda session: carry_out(session, request_booking, request, actor=person, rules=rules, now=now)
            )
        except Refused as refused:
            return refused.code
        return "accepted"

    pool = eventlet.GreenPool(CLIENTS)
    return Counter(pool.imap(apply, range(CLIENTS)))


def without_lock(monkeypatch) -> None:
    monkeypatch.setattr(locking, "lock_rooms", lambda _, __: None)


def test_one_of_32_gets_the_slot_in_each_trial(database, rules):
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
