"""Staff reject an application, for a reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking import events
from services.booking.domain.lifecycle import Action, Status, after
from services.booking.domain.space import BookingRules
from services.booking.models import Booking
from services.booking.schemas import DecideBooking
from services.booking.usecases import access, audit
from services.booking.usecases.locking import lock_booking
from services.chassis.context import Actor
from services.chassis.events import emit


def reject_booking(
    session: Session, command: DecideBooking, *, actor: Actor, rules: BookingRules, now: datetime
) -> Booking:
    """Its rooms are free at once. Raises Forbidden, NotFound, IllegalTransition."""
    access.require_staff(actor)
    booking = lock_booking(session, command.booking_id)
    status = after(Status(booking.status), Action.REJECT)
    before = audit.snapshot(booking)
    booking.decided(status, by=actor.id, at=now, reason=command.reason_code, note=command.note)
    booking.holds.clear()
    audit.record(session, booking, Action.REJECT, before=before, actor=actor, now=now)
    emit(session, events.of(events.BOOKING_REJECTED, booking, rules), now=now)
    return booking
