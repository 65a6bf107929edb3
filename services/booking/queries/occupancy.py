"""Holds that block a decision, and the search over all rooms. One statement each.

No two holds of one room overlap (the database sees to it), so they end in the order in which they start. Hence of
the holds that start before a period ends only the last can tell whether the room is free, and of those that start
before it starts only the last can reach into it: one step down the index `holds_by_room` finds either, however many
holds the room has.

The rooms and periods travel as JSON, so that the statement is the same for one as for thousands of them.
Periods come with the buffers in them; they may touch, overlap and repeat. A room that nobody knows is free.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    FromClause,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from services.booking.models import Hold
from services.chassis.period import Period
from services.chassis.tables import UtcDateTime

# PostgreSQL reads an index by the page, up to a hundred holds of which one is wanted. Looked for in so short a time
# before the period first, it reads a few; only where that finds none does it look further back.
NEAR = timedelta(days=1)

_holds = Hold.__table__
_MOMENTS = {"near": UtcDateTime(), "starts_at": UtcDateTime(), "ends_at": UtcDateTime()}


@dataclass(frozen=True)
class Taken:
    """A hold of the room that overlaps the period with the number `wanted`. period: the hold's own, whole."""

    room_id: str
    period: Period
    wanted: int
    booking_id: str


@dataclass(frozen=True)
class Asked:
    """Rooms that are all asked for the same periods. Spaces whose buffers differ ask for different ones."""

    rooms: Collection[str]
    periods: Sequence[Period]


def taken(
    session: Session, rooms: Collection[str], periods: Sequence[Period], *, apart_from: Collection[str] = ()
) -> list[Taken]:
    """Every hold that overlaps one of the periods, for each that it overlaps; by period, start and room.

    Not those of the bookings in `apart_from`. For a decision about one booking or series: each room and period is
    sent by itself, which is slow for many rooms.
    """
    dialect = session.get_bind().dialect.name
    asked = [{"room_id": room, **period} for period in _sent(periods, dialect) for room in set(rooms)]
    ignored = [{"booking_id": booking} for booking in apart_from]
    found = session.execute(_taken(dialect), {"asked": json.dumps(asked), "ignored": json.dumps(ignored)})
    return [
        Taken(room_id, Period(starts_at, ends_at, periods[wanted].zone), wanted, booking_id)
        for wanted, room_id, starts_at, ends_at, booking_id in found
    ]


def clashes(session: Session, asked: Sequence[Asked]) -> list[dict[str, frozenset[int]]]:
    """For each of `asked`, in order: for each of its rooms the numbers of the periods in which it is not free.

    For a search over all rooms: what comes back is a row for each room, not for each room and period.
    """
    dialect = session.get_bind().dialect.name
    rooms = [{"asked": number, "room_id": room} for number, each in enumerate(asked) for room in each.rooms]
    periods = [
        {"asked": number, **period} for number, each in enumerate(asked) for period in _sent(each.periods, dialect)
    ]
    found: list[dict[str, frozenset[int]]] = [dict.fromkeys(each.rooms, frozenset()) for each in asked]
    given = {"rooms": json.dumps(rooms), "periods": json.dumps(periods)}
    for number, room_id, wanted in session.execute(_clashes(dialect), given):
        found[number][room_id] = frozenset(map(int, wanted.split(",")))
    return found


@lru_cache
def _taken(dialect: str) -> Select[Any]:
    asked = _given(dialect, "asked", room_id=String(), wanted=Integer(), **_MOMENTS)
    ignored = _given(dialect, "ignored", booking_id=String())
    before = _holds.alias("before")
    last_before = (
        select(func.max(before.c.starts_at))
        .where(before.c.room_id == asked.c.room_id, before.c.starts_at <= asked.c.starts_at)
        .correlate(asked)
        .scalar_subquery()
    )
    # An ignored hold may well be the last before: then what came before it has ended, and ignoring it adds nothing.
    overlapping = (
        _holds.c.room_id == asked.c.room_id,
        _holds.c.starts_at >= func.coalesce(last_before, asked.c.starts_at),
        _holds.c.starts_at < asked.c.ends_at,
        _holds.c.ends_at > asked.c.starts_at,
        _holds.c.booking_id.not_in(select(ignored.c.booking_id)),
    )
    if dialect == "postgresql":
        # OFFSET 0 keeps it from being planned as one join, for which it would read the whole table.
        found: FromClause = select(_holds).where(*overlapping).offset(literal_column("0")).lateral("found")
        source = asked.join(found, true())
    else:
        found, source = _holds, asked.join(_holds, and_(*overlapping))
    columns = found.c["room_id", "starts_at", "ends_at", "booking_id"]
    chosen = select(asked.c.wanted, *columns).select_from(source)
    return chosen.order_by(asked.c.wanted, found.c.starts_at, found.c.room_id)


@lru_cache
def _clashes(dialect: str) -> Select[Any]:
    rooms = _given(dialect, "rooms", asked=Integer(), room_id=String())
    periods = _given(dialect, "periods", asked=Integer(), wanted=Integer(), **_MOMENTS)
    last_to_start = (
        select(_holds.c.ends_at)
        .where(_holds.c.room_id == rooms.c.room_id, _holds.c.starts_at < periods.c.ends_at)
        .order_by(_holds.c.starts_at.desc())
        .limit(literal_column("1"))
        .correlate(rooms, periods)
    )
    near = last_to_start.where(_holds.c.starts_at >= periods.c.near)
    ends_at = func.coalesce(near.scalar_subquery(), last_to_start.scalar_subquery())
    return (
        select(rooms.c.asked, rooms.c.room_id, func.aggregate_strings(cast(periods.c.wanted, String), ","))
        .join_from(rooms, periods, rooms.c.asked == periods.c.asked)
        .where(ends_at > periods.c.starts_at)
        .group_by(rooms.c.asked, rooms.c.room_id)
    )


def _given(dialect: str, name: str, **columns: TypeEngine[Any]) -> FromClause:
    """The JSON array of objects that is sent as `name`, as a table."""
    text = bindparam(name, type_=String())
    if dialect == "postgresql":
        typed = [column(key, kind) for key, kind in columns.items()]
        return func.json_to_recordset(cast(text, JSON)).table_valued(*typed, name=name).render_derived(with_types=True)
    row = func.json_each(text).table_valued("value", name=f"{name}_sent")
    fields = [func.json_extract(row.c.value, f"$.{key}", type_=kind).label(key) for key, kind in columns.items()]
    # Read once, not again for each row that it is joined to.
    return select(*fields).cte(name).prefix_with("MATERIALIZED")


def _sent(periods: Sequence[Period], dialect: str) -> Iterator[dict[str, Any]]:
    for number, period in enumerate(periods):
        moments = (period.start - NEAR, period.start, period.end)
        near, start, end = (_moment(moment, dialect) for moment in moments)
        yield {"wanted": number, "near": near, "starts_at": start, "ends_at": end}


def _moment(moment: datetime, dialect: str) -> str:
    """A moment in UTC as the database reads it; SQLite compares it, letter by letter, with what it keeps."""
    return moment.replace(tzinfo=None if dialect == "sqlite" else moment.tzinfo).isoformat(" ", "microseconds")
