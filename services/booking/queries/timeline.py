"""Bookings that hold the rooms, day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from services.booking.contract.period import LONGEST
from services.booking.contract.spaces import GetTimeline
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking, Hold
from services.chassis.period import Period

# A hold that reaches into a period began at most so long before it: the index is read over this stretch only.
REACH = LONGEST + timedelta(days=2)


def timeline(session: Session, request: GetTimeline, *, rules: BookingRules) -> list[tuple[date, list[Booking]]]:
    """Return the live bookings that hold a room of the space, by day. A booking over midnight is on both days."""
    space, zone = rules.space(request.space_id), rules.centre.zone
    holding = select(Hold.booking_id).where(*_overlap(space.rooms, rules.centre.period(request.start, request.end)))
    bookings = session.scalars(
        select(Booking).where(Booking.id.in_(holding)).order_by(Booking.starts_at, Booking.id)
    ).all()
    days = [request.start + timedelta(days=number) for number in range((request.end - request.start).days)]
    return [
        (day, [each for each in bookings if Period(each.starts_at, each.ends_at, zone).on_day(day)]) for day in days
    ]


def on_day(session: Session, day: date, *, rules: BookingRules) -> dict[str, list[Booking]]:
    """Return the live bookings that hold a room of each space on this day, in order."""
    held = holding(session, rules.centre.period(day, day + timedelta(days=1)), rules=rules)
    return {
        space.id: [booking for booking, rooms in held if rooms.intersection(space.rooms)]
        for space in rules.spaces.values()
    }


def holding(session: Session, period: Period, *, rules: BookingRules) -> list[tuple[Booking, frozenset[str]]]:
    """Return the live bookings that hold a room in this time, in order, each with the rooms. One query."""
    rows = session.execute(
        select(Booking, Hold.room_id)
        .join(Hold, Hold.booking_id == Booking.id)
        .where(*_overlap(rules.rooms, period))
        .order_by(Booking.starts_at, Booking.id)
    ).all()
    rooms: dict[str, set[str]] = defaultdict(set)
    bookings: dict[str, Booking] = {}
    for booking, room in rows:
        bookings[booking.id] = booking
        rooms[booking.id].add(room)
    return [(booking, frozenset(rooms[booking.id])) for booking in bookings.values()]


def _overlap(rooms: Iterable[str], period: Period) -> tuple[ColumnElement[bool], ...]:
    return (
        Hold.room_id.in_(tuple(rooms)),
        Hold.starts_at < period.end,
        Hold.starts_at > period.start - REACH,
        Hold.ends_at > period.start,
    )
