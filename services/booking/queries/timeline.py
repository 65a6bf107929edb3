"""What holds the rooms, day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking.domain.rules import LONGEST, BookingRules
from services.booking.models import Booking, Hold
from services.booking.schemas.questions import ShowTimeline
from services.chassis.period import Period

# A hold that reaches into a period began at most so long before it: the index is read over this stretch only.
REACH = LONGEST + timedelta(days=2)


def timeline(session: Session, wanted: ShowTimeline, *, rules: BookingRules) -> list[tuple[date, list[Booking]]]:
    """For each day the live bookings that hold one of the space's rooms on it; one over midnight is on both days."""
    space, zone = rules.space(wanted.space_id), rules.centre.zone
    holding = select(Hold.booking_id).where(*_overlap(space.rooms, rules.centre.period(wanted.start, wanted.end)))
    bookings = session.scalars(
        select(Booking).where(Booking.id.in_(holding)).order_by(Booking.starts_at, Booking.id)
    ).all()
    days = [wanted.start + timedelta(days=number) for number in range((wanted.end - wanted.start).days)]
    return [
        (day, [each for each in bookings if Period(each.starts_at, each.ends_at, zone).on_day(day)]) for day in days
    ]


def on_day(session: Session, day: date, *, rules: BookingRules) -> dict[str, list[Booking]]:
    """For each space the live bookings that hold one of its rooms on this day, in order."""
    found = holding(session, rules.centre.period(day, day + timedelta(days=1)), rules=rules)
    return {
        space.id: [booking for booking, rooms in found if rooms.intersection(space.rooms)]
        for space in rules.spaces.values()
    }


def holding(session: Session, period: Period, *, rules: BookingRules) -> list[tuple[Booking, frozenset[str]]]:
    """The live bookings that hold a room in this time, in order, each with the rooms. One query."""
    found = session.execute(
        select(Booking, Hold.room_id)
        .join(Hold, Hold.booking_id == Booking.id)
        .where(*_overlap(rules.rooms, period))
        .order_by(Booking.starts_at, Booking.id)
    ).all()
    rooms: dict[str, set[str]] = defaultdict(set)
    bookings: dict[str, Booking] = {}
    for booking, room in found:
        bookings[booking.id] = booking
        rooms[booking.id].add(room)
    return [(booking, frozenset(rooms[booking.id])) for booking in bookings.values()]


def _overlap(rooms: Iterable[str], period: Period) -> tuple[Any, ...]:
    return (
        Hold.room_id.in_(tuple(rooms)),
        Hold.starts_at < period.end,
        Hold.starts_at > period.start - REACH,
        Hold.ends_at > period.start,
    )
