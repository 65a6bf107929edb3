"""A long series is one piece of work: one event, few locks and statements; two of them never wait for each other."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import eventlet
import pytest
from sqlalchemy import event, func, select

from services.booking import usecases
from services.booking.contract import bookings as commands
from services.booking.contract.vocabulary import Purpose, Scope
from services.booking.domain.application import Particulars
from services.booking.models import Hold, Room
from services.booking.usecases import locking
from services.chassis.outbox import outbox
from tests.people import STAFF
from tests.service.booking.calls import carry_out, request_of
from tests.service.booking.storm import DEADLOCK, NOW

pytestmark = pytest.mark.servers

LONGEST = 250
MEETING = Particulars("모임", Purpose.COMMUNITY, 10, equipment={"projector": 1, "microphone": 1})


def series(count: int, space: str = "hall", hour: int = 0) -> commands.RequestBooking:
    start = NOW + timedelta(days=1, hours=hour)
    return request_of(space, start, start + timedelta(hours=1), MEETING, rrule=f"FREQ=DAILY;COUNT={count}")


@pytest.fixture
def request_all(database, rules):
    def request(wanted, rules=rules):
        given = {"actor": STAFF, "rules": rules, "now": NOW}
        return database.transaction(lambda session: carry_out(session, usecases.request_booking, wanted, **given))

    return request


@contextmanager
def listening(database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many) -> None:
        statements.append(" ".join(statement.split()))

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


def locks(statements: list[str]) -> list[str]:
    return [each for each in statements if "FOR UPDATE" in each]


def count(database, what) -> int:
    return database.transaction(lambda session: session.execute(select(func.count()).select_from(what)).scalar_one())


def test_250_dates_are_one_event_and_lock_their_rooms_and_equipment_once(database, request_all):
    with listening(database) as statements:
        request_all(series(LONGEST))
    assert count(database, Hold) == 3 * LONGEST
    assert count(database, outbox) == 1
    rooms, equipment = locks(statements)
    assert "FROM rooms" in rooms
    assert "ORDER BY rooms.id" in rooms
    assert "FROM equipment" in equipment
    assert "ORDER BY equipment.id" in equipment


def test_250_dates_take_as_many_statements_as_10(database, request_all):
    with listening(database) as few:
        request_all(series(10, hour=2))
    with listening(database) as many:
        request_all(series(LONGEST, hour=5))
    assert len(many) == len(few)


def test_decisions_about_250_dates_lock_as_often_as_about_10(database, rules, request_all):
    def move(first: commands.ChangedBooking) -> list[str]:
        later = {"start": first.start + timedelta(hours=1), "end": first.end + timedelta(hours=1)}
        command = commands.ChangeBooking(booking_id=first.id, scope=Scope.ALL, **later)
        given = {"actor": STAFF, "rules": rules, "now": NOW}
        with listening(database) as statements:
            database.transaction(lambda session: carry_out(session, usecases.change_booking, command, **given))
        return locks(statements)

    assert len(move(request_all(series(LONGEST, hour=5)))) == len(move(request_all(series(10, hour=1)))) == 3


# --- two that cross


@pytest.fixture
def crossing_rules(rules):
    """Two spaces of the same rooms, listed in opposite orders."""
    hall = rules.space("hall")
    there = replace(hall, id="there", rooms=("edu-1", "edu-2", "lounge"))
    back = replace(hall, id="back", rooms=("lounge", "edu-2", "edu-1"))
    return replace(rules, spaces={**rules.spaces, "there": there, "back": back})


@pytest.fixture
def cross(database, crossing_rules, request_all):
    """cross(rounds, count): at once two series of so many dates in opposite orders; the errors of the database."""

    def both(rounds: int, count: int) -> Counter[str]:
        trouble: Counter[str] = Counter()

        def note(context) -> None:
            trouble[getattr(context.original_exception, "pgcode", None) or "other"] += 1

        event.listen(database.engine, "handle_error", note)
        for number in range(rounds):
            wanted = [series(count, space, hour=4 * number + away) for space, away in (("there", 0), ("back", 2))]
            made = list(eventlet.GreenPool(2).imap(lambda each: request_all(each, crossing_rules), wanted))
            assert [len(answer.occurrences) for answer in made] == [count, count]
        event.remove(database.engine, "handle_error", note)
        return trouble

    return both


def test_two_series_of_250_in_opposite_orders_of_rooms_do_not_wait_for_each_other(cross):
    assert cross(rounds=3, count=LONGEST) == Counter()


def test_negative_control_with_rooms_locked_as_they_are_listed_the_two_deadlock(cross, monkeypatch):
    def lock_one_by_one(session, rooms) -> None:
        for room in rooms:
            session.execute(select(Room.id).where(Room.id == room).with_for_update())
            eventlet.sleep(0.05)

    def lock_as_listed(session, applications) -> None:
        for each in applications:
            lock_one_by_one(session, each.space.rooms)

    monkeypatch.setattr(locking, "lock_for", lock_as_listed)
    assert cross(rounds=3, count=5)[DEADLOCK] > 0
