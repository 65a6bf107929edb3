"""Cancel the bookings that closures affect, in batches. Each batch is queried anew, so that a killed run continues."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking import events
from services.booking.contract.vocabulary import Action, Status
from services.booking.domain.lifecycle import after
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking, Closure
from services.booking.queries.closures import touched
from services.booking.usecases import audit, holding
from services.booking.usecases.access import CENTRE
from services.chassis.events import emit_all

BATCH = 100


def settle_closures(session: Session, *, rules: BookingRules, now: datetime) -> bool:
    """Cancel one batch of the first open closure, with full refunds. Return whether there may be more."""
    closure = session.scalars(
        select(Closure).where(~Closure.settled).order_by(Closure.id).limit(1).with_for_update(skip_locked=True)
    ).one_or_none()
    if closure is None:
        return False
    locked = _lock_some(session, closure, now)
    if not locked:
        closure.settled = True
        return True
    # Query again: another transaction may have cancelled or moved one of them before this one got the lock.
    batch = session.scalars(touched(closure, now).where(Booking.id.in_(locked)).order_by(Booking.id)).all()
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
    """Lock some bookings that the closure affected when the statement began, and return their ids."""
    query = select(Booking.id).where(Booking.id.in_(touched(closure, now).with_only_columns(Booking.id)))
    return list(session.scalars(query.order_by(Booking.id).limit(BATCH).with_for_update()))
