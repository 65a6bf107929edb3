"""Timers for applications without a decision: a warning to staff, then they expire."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking import events
from services.booking.contract.vocabulary import Action, Status
from services.booking.domain.lifecycle import after
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking
from services.booking.usecases import audit, holding
from services.booking.usecases.access import CENTRE
from services.chassis.events import emit_all

BATCH = 100


def expire_bookings(session: Session, *, rules: BookingRules, now: datetime) -> bool:
    """Expire a batch of applications and release their rooms. Return whether there may be more."""
    bookings = _due(session, Booking.decide_by <= now, Booking.decide_by)
    before = [audit.snapshot(booking) for booking in bookings]
    for booking in bookings:
        booking.decided(after(Status(booking.status), Action.EXPIRE), by=CENTRE.id, at=now)
        booking.given_up(refund=booking.fee, counts=False)
    if bookings:
        holding.release(session, [booking.id for booking in bookings])
        audit.record(session, bookings, Action.EXPIRE, before=before, actor=CENTRE, now=now)
    emit_all(session, [events.of(events.BOOKING_EXPIRED, [booking], rules) for booking in bookings], now=now)
    return bool(bookings)


def warn_of_expiry(session: Session, *, rules: BookingRules, now: datetime) -> bool:
    """Warn staff once of each application that is about to expire. Return whether there may be more."""
    bookings = _due(session, Booking.warn_at <= now, Booking.warn_at)
    for booking in bookings:
        booking.warned()
    emit_all(session, [events.of(events.BOOKING_UNDECIDED, [booking], rules) for booking in bookings], now=now)
    return bool(bookings)


def _due(session: Session, condition: object, order: object) -> list[Booking]:
    return list(
        session.scalars(
            select(Booking)
            .where(Booking.status == Status.PENDING, condition)  # type: ignore[arg-type]
            .order_by(order)  # type: ignore[arg-type]
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
    )
