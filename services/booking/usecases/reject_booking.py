"""Staff reject an application, for a reason; of a series all of it unless they say otherwise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking import events
from services.booking.domain.lifecycle import Action, Status, after
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking
from services.booking.schemas.commands import RejectBooking
from services.booking.usecases import audit, holding
from services.booking.usecases.scoping import lock_for_action
from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.events import emit


def reject_booking(
    session: Session, command: RejectBooking, *, actor: Actor, rules: BookingRules, now: datetime
) -> list[Booking]:
    """The rooms are free at once, and so is the place in the quota; nothing is owed.

    Raises Forbidden, NotFound, IllegalTransition.
    """
    roles.require_staff(actor)
    bookings = lock_for_action(session, command.booking_id, command.scope, Action.REJECT, now=now)

    before = [audit.snapshot(booking) for booking in bookings]
    for booking in bookings:
        status = after(Status(booking.status), Action.REJECT)
        booking.decided(status, by=actor.id, at=now, reason=command.reason_code, note=command.note)
        booking.given_up(refund=booking.fee, counts=False)
    holding.release(session, [booking.id for booking in bookings])
    audit.record(session, bookings, Action.REJECT, before=before, actor=actor, now=now)
    emit(session, events.of(events.BOOKING_REJECTED, bookings, rules), now=now)
    return bookings
