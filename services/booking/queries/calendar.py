"""Bookings of calendar feeds: three queries each, however many bookings there are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from services.booking.contract.period import LONGEST
from services.booking.domain.rules import BookingRules
from services.booking.domain.space import Space
from services.booking.models import Booking, CalendarKey, Series
from services.centre.opening import Centre

KEPT = timedelta(days=60)
"""Age up to which past bookings stay in a feed. A reader that polls less often misses cancellations."""


@dataclass(frozen=True)
class FeedContent:
    """Bookings by start, and their series by id. A series is complete or absent, so that its entry in a feed does not
    change with time alone.
    """

    bookings: Sequence[Booking]
    series: Mapping[str, Series]


def of_space(session: Session, space: Space, *, rules: BookingRules, now: datetime) -> FeedContent:
    """Return the bookings, in any state, of all spaces that share a room with this one, including itself."""
    sharing = [each.id for each in rules.spaces.values() if not set(each.rooms).isdisjoint(space.rooms)]
    return _content(session, Booking.space_id.in_(sharing), centre=rules.centre, now=now)


def of_person(session: Session, person_id: str, *, rules: BookingRules, now: datetime) -> FeedContent:
    """Return the bookings that the person applied for, also for a group. Those of other members are not included."""
    return _content(session, Booking.requester_id == person_id, centre=rules.centre, now=now)


def person_of(session: Session, digest: str) -> str | None:
    """Return the person whose calendar address has the secret with this hash."""
    return session.scalars(select(CalendarKey.person_id).where(CalendarKey.digest == digest)).one_or_none()


def digest_of(secret: str) -> str:
    """Return the SHA-256. A secret of so many random bits needs neither salt nor stretching."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _content(session: Session, condition: ColumnElement[bool], *, centre: Centre, now: datetime) -> FeedContent:
    # From a midnight on, so that a feed loses what is old at night, at once, and stays the same by day.
    since = datetime.combine((now - KEPT).astimezone(centre.zone), time(), centre.zone)
    recent = and_(Booking.starts_at > since - LONGEST, Booking.ends_at > since)
    bookings = list(session.scalars(select(Booking).where(condition, recent)))
    series = {booking.series_id for booking in bookings if booking.series_id}
    before = select(Booking).where(condition, Booking.series_id.in_(series), Booking.ends_at <= since)
    bookings += session.scalars(before)
    rows = session.scalars(select(Series).where(Series.id.in_(series)))
    return FeedContent(sorted(bookings, key=_order), {each.id: each for each in rows})


def _order(booking: Booking) -> tuple[datetime, str]:
    return booking.starts_at, booking.id
