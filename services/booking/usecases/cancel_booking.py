"""Who applied, their group, or staff cancel a booking."""

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
from services.chassis.errors import IllegalTransition
from services.chassis.events import emit


def cancel_booking(
    session: Session, command: DecideBooking, *, actor: Actor, rules: BookingRules, now: datetime
) -> Booking:
    """Its rooms are free at once. What has begun cannot be cancelled any more. Raises NotFound, IllegalTransition."""
    booking = lock_booking(session, command.booking_id)
    access.require_own(actor, booking)
    status = after(Status(booking.status), Action.CANCEL)
    if booking.starts_at <= now:
        raise IllegalTransition("This cannot be done any more: it has begun.", state="begun", wanted=Action.CANCEL)
    before = audit.snapshot(booking)
    booking.decided(status, by=actor.id, at=now)
    booking.holds.clear()
    audit.record(session, booking, Action.CANCEL, before=before, actor=actor, now=now)
    emit(session, events.of(events.BOOKING_CANCELLED, booking, rules), now=now)
    return booking
