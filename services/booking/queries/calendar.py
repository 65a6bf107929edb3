"""What stands in calendar feeds: three queries each, however many bookings there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from services.booking.domain.rules import LONGEST, BookingRules
from services.booking.domain.space import Space
from services.booking.models import Booking, CalendarKey, Series
from services.centre.opening import Centre

KEPT = timedelta(days=60)
"""What is over is shown for so long: a reader that looks in less often than that misses a cancellation."""


@dataclass(frozen=True)
class Shown:
    """Bookings by their beginning, and by id the series of theirs. A series is here as a whole or not at all, so that
    what a feed says of it does not change by time alone.
    """

    bookings: Sequence[Booking]
    series: Mapping[str, Series]


def of_space(session: Session, space: Space, *, rules: BookingRules, now: datetime) -> Shown:
    """The bookings of every space that shares a room with this one, whatever became of them; itself is one of them."""
    sharing = [each.id for each in rules.spaces.values() if not set(each.rooms).isdisjoint(space.rooms)]
    return _shown(session, Booking.space_id.in_(sharing), centre=rules.centre, now=now)


def of_person(session: Session, person_id: str, *, rules: BookingRules, now: datetime) -> Shown:
    """What the person applied for, for a group too; not what others applied for in the name of a group of theirs."""
    return _shown(session, Booking.requester_id == person_id, centre=rules.centre, now=now)


def person_of(session: Session, digest: str) -> str | None:
    """Whose calendar address has the secret with this hash."""
    return session.scalars(select(CalendarKey.person_id).where(CalendarKey.digest == digest)).one_or_none()


def _shown(session: Session, wanted: ColumnElement[bool], *, centre: Centre, now: datetime) -> Shown:
    # From a midnight on, so that a feed loses what is old at night, at once, and stays the same by day.
    since = datetime.combine((now - KEPT).astimezone(centre.zone), time(), centre.zone)
    recent = and_(Booking.starts_at > since - LONGEST, Booking.ends_at > since)
    found = list(session.scalars(select(Booking).where(wanted, recent)))
    series = {booking.series_id for booking in found if booking.series_id}
    before = select(Booking).where(wanted, Booking.series_id.in_(series), Booking.ends_at <= since)
    found += session.scalars(before)
    rows = session.scalars(select(Series).where(Series.id.in_(series)))
    return Shown(sorted(found, key=_order), {each.id: each for each in rows})


def _order(booking: Booking) -> Any:
    return booking.starts_at, booking.id
