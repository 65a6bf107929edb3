"""`python -m tests.bench.availability`: how long it takes to find what is taken in a town's worth of bookings.

200 rooms with 5,000 holds each, one million in all, about four a day from 2020 to 2023, in the order in which they
would have come in. Each figure is a whole answer in Python: a transaction, the statement, the rows made into objects,
on one connection, for random dates within the three and a half years.
"""

from __future__ import annotations

import csv
import io
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from services.booking.queries import occupancy
from services.chassis import migrate
from services.chassis.db import Database
from services.chassis.manifest import named
from services.chassis.period import Period
from tests import servers
from tests.bench.table import show

ROOMS = [f"room-{number:03}" for number in range(200)]
HOLDS_PER_ROOM, HOLDS_PER_DAY = 5000, 4
DAYS = HOLDS_PER_ROOM // HOLDS_PER_DAY
OPENING = datetime(2020, 1, 1, 0, tzinfo=UTC)  # 09:00 in Seoul
SEOUL = ZoneInfo("Asia/Seoul")
SEARCHES = 200
SLOTS = {"1 slot": (1, 1), "52 weekly slots": (52, 7), "250 daily slots": (250, 1)}
"""How many, and how many days apart."""

BOOKING = (
    "id, space_id, status, title, purpose, attendees, starts_at, ends_at, requester_id, requester_name, group_id,"
    " requested_at, decided_at, decided_by, version"
)
HOLD = "booking_id, room_id, starts_at, ends_at"


def figures() -> Iterator[tuple[str, str]]:
    for kind, database in (("PostgreSQL", on_postgresql), ("SQLite", on_sqlite)):
        with database() as filled:
            for label, (count, step) in SLOTS.items():
                search = measured(filled, count, step, search_everywhere)
                yield f"{kind}: {label} in 200 rooms, 1,000,000 holds, p50 | p95", search
                yield f"{kind}: {label} in 3 rooms, every hold named, p50 | p95", measured(filled, count, step, decide)


def search_everywhere(session: Any, periods: list[Period]) -> Any:
    return occupancy.clashes(session, [occupancy.Asked(ROOMS, periods)])


def decide(session: Any, periods: list[Period]) -> Any:
    return occupancy.taken(session, ROOMS[:3], periods)


def measured(database: Database, count: int, step: int, ask: Callable[[Any, list[Period]], Any]) -> str:
    chance = random.Random(f"{count} {step}")
    took = []
    for _ in range(SEARCHES):
        periods = slots(chance, count, step)
        began = time.perf_counter()
        database.transaction(lambda session, periods=periods: ask(session, periods))
        took.append((time.perf_counter() - began) * 1000)
    cuts = quantiles(took, n=20)
    return f"{cuts[9]:.1f} | {cuts[18]:.1f} ms"


def slots(chance: random.Random, count: int, step: int) -> list[Period]:
    """Two hours within the opening hours, from a random day on, all before the last hold."""
    first = OPENING + timedelta(days=chance.randrange(DAYS - (count - 1) * step), hours=chance.randrange(11))
    starts = [first + timedelta(days=step * number) for number in range(count)]
    return [Period(start, start + timedelta(hours=2), SEOUL) for start in starts]


@contextmanager
def on_postgresql() -> Iterator[Database]:
    url = servers.postgres().create_database()
    database = Database(url, connections=1)
    migrate.upgrade(database, named("booking"))
    with database.engine.begin() as connection:
        # The constraint is checked for all rows at once, which is much faster than row by row.
        name = "no_two_holds_of_one_room_overlap"
        definition = connection.scalar(
            text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"), {"name": name}
        )
        connection.execute(text(f"ALTER TABLE holds DROP CONSTRAINT {name}"))
        connection.execute(text("INSERT INTO rooms SELECT unnest(:rooms)"), {"rooms": ROOMS})
        cursor = connection.connection.cursor()
        for day in range(DAYS):
            bookings, holds = rows(day)
            cursor.copy_expert(f"COPY bookings ({BOOKING}) FROM STDIN (FORMAT csv)", as_csv(bookings))
            cursor.copy_expert(f"COPY holds ({HOLD}) FROM STDIN (FORMAT csv)", as_csv(holds))
        connection.execute(text(f"ALTER TABLE holds ADD CONSTRAINT {name} {definition}"))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))  # as autovacuum would have done by then
    yield database
    database.dispose()
    servers.postgres().drop_database(url)


@contextmanager
def on_sqlite() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as directory:
        database = Database(f"sqlite:///{Path(directory) / 'booking.sqlite'}")
        migrate.upgrade(database, named("booking"))
        with database.engine.begin() as connection:
            triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
            for name, _ in triggers:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.exec_driver_sql("INSERT INTO rooms VALUES (?)", [(room,) for room in ROOMS])
            for day in range(DAYS):
                bookings, holds = rows(day)
                connection.exec_driver_sql(inserting("bookings", BOOKING), bookings)
                connection.exec_driver_sql(inserting("holds", HOLD), holds)
            for _, definition in triggers:
                connection.exec_driver_sql(definition)
            connection.exec_driver_sql("ANALYZE")
        yield database
        database.dispose()


def rows(day: int) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The bookings of one day and their holds: in each room four, of one to three hours, that may touch."""
    chance = random.Random(day)
    bookings, holds = [], []
    for part in range(HOLDS_PER_DAY):
        for number, room in enumerate(ROOMS):
            late = chance.randrange(3)
            start = OPENING + timedelta(days=day, hours=3 * part + late)
            end = start + timedelta(hours=chance.randint(1, 3 - late))
            key = f"{(day * HOLDS_PER_DAY + part) * len(ROOMS) + number:012x}-{chance.getrandbits(64):016x}"
            asked = stored(start - timedelta(days=chance.randint(7, 30)))
            bookings.append(
                (
                    *(key, room, "approved", f"마을 모임 {part}", "community", chance.randint(3, 30)),
                    *(stored(start), stored(end), f"r{number}", "홍길동", f"group-{chance.randrange(1000)}"),
                    *(asked, asked, "staff-1", 2),
                )
            )
            holds.append((key, room, stored(start), stored(end)))
    return bookings, holds


def stored(moment: datetime) -> str:
    """As SQLite keeps it, and as PostgreSQL reads it in a session whose time zone is UTC."""
    return moment.strftime("%Y-%m-%d %H:%M:%S.000000")


def as_csv(lines: list[tuple[Any, ...]]) -> io.StringIO:
    file = io.StringIO()
    csv.writer(file).writerows(lines)
    file.seek(0)
    return file


def inserting(table: str, columns: str) -> str:
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(columns.split(',')))})"


if __name__ == "__main__":
    show(figures())
