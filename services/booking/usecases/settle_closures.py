"""Cancels what closures touch, batch by batch. Each batch is found anew, so that a killed run goes on where it was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking import events
from services.booking.domain.lifecycle import Action, Status, after
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking, Closure
from services.booking.queries.closures import touched
from services.booking.usecases import audit, holding
from services.booking.usecases.access import CENTRE
from services.chassis.events import emit_all

BATCH = 100


def settle_closures(session: Session, *, rules: BookingRules, now: datetime) -> bool:
    """One batch of the first closure that has any left. Everything is refunded. True: there may be more."""
    closure = session.scalars(
        select(Closure).where(~Closure.settled).order_by(Closure.id).limit(1).with_for_update(skip_locked=True)
    ).one_or_none()
    if closure is None:
        return False
    waited_for = _lock_some(session, closure, now)
    if not waited_for:
        closure.settled = True
        return True
    # Asked again: who held one of them may have cancelled it, or moved it out of the way.
    batch = session.scalars(touched(closure, now).where(Booking.id.in_(waited_for)).order_by(Booking.id)).all()
    if not batch:
        return True
    before = [audit.snapshot(booking) for booking in batch]
    for booking in batch:
        booking.decided(after(Status(booking.status), Action.CLOSE), by=CENTRE.id, at=now, note=closure.reason)
        booking.given_up(refund=booking.fee, counts=False)
        booking.closure_id = closure.id
    holding.release(session, [booking.id for booking in batch])
    audit.record(session, batch, Action.CLOSE, before=before, actor=CENTRE, now=now)
    emit_all(session, [events.of(events.BOOKING_CANCELLED, [booking], rules) for booking in batch], now=now)
    return True


def _lock_some(session: Session, closure: Closure, now: datetime) -> list[str]:
    """Ids of bookings that the closure touched when the statement began."""
    found = select(Booking.id).where(Booking.id.in_(touched(closure, now).with_only_columns(Booking.id)))
    return list(session.scalars(found.order_by(Booking.id).limit(BATCH).with_for_update()))
