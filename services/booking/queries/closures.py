"""Closures, and the bookings that they affect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, union
from sqlalchemy.orm import Session

from services.booking.contract.period import LONGEST
from services.booking.contract.vocabulary import Action, Status
from services.booking.domain.lifecycle import possible
from services.booking.models import NOBODY, Booking, Closure, Hold
from services.chassis.period import Period

PREVIEWED = 100
CLOSING = [status for status in Status if possible(status, Action.CLOSE)]


@dataclass(frozen=True)
class Touched:
    bookings: int
    people: int


def touched(closure: Closure, now: datetime) -> Select[Any]:
    """Select the live bookings that still hold a room in the closure's time, from now on."""
    holding = select(Hold.booking_id).where(
        Hold.room_id.in_(closure.rooms),
        Hold.starts_at < closure.ends_at,
        Hold.starts_at > closure.starts_at - 2 * LONGEST,
        Hold.ends_at > max(closure.starts_at, now),
    )
    return select(Booking).where(Booking.id.in_(holding), Booking.status.in_(CLOSING))


def count_touched(session: Session, closure: Closure, now: datetime) -> Touched:
    """Count the bookings that it has cancelled already, and those that it will cancel unless it is lifted."""
    columns = (Booking.id, Booking.requester_id)
    counted = [select(*columns).where(Booking.closure_id == closure.id)]
    if closure.lifted_at is None:
        counted.append(touched(closure, now).with_only_columns(*columns))
    whole = union(*counted).subquery()
    people = func.count(func.distinct(func.nullif(whole.c.requester_id, NOBODY)))
    bookings, persons = session.execute(select(func.count(), people).select_from(whole)).one()
    return Touched(bookings, persons)


def preview(session: Session, period: Period, rooms: Sequence[str], now: datetime) -> tuple[Touched, Sequence[Booking]]:
    """Count the bookings that a closure of these rooms would cancel, and return the first PREVIEWED of them."""
    imagined = Closure(rooms=list(rooms), starts_at=period.start, ends_at=period.end)
    chosen = touched(imagined, now)
    whole = chosen.with_only_columns(Booking.id, Booking.requester_id).subquery()
    people = func.count(func.distinct(func.nullif(whole.c.requester_id, NOBODY)))
    bookings, persons = session.execute(select(func.count(), people).select_from(whole)).one()
    first = session.scalars(chosen.order_by(Booking.starts_at, Booking.id).limit(PREVIEWED)).all()
    return Touched(bookings, persons), first


def find_closures(session: Session, now: datetime, *, past: bool) -> Sequence[Closure]:
    """Return the closures that are neither over nor lifted, the next first; with `past`, all."""
    chosen = select(Closure).order_by(Closure.starts_at, Closure.id)
    if not past:
        chosen = chosen.where(Closure.ends_at > now, Closure.lifted_at.is_(None))
    return session.scalars(chosen).all()
