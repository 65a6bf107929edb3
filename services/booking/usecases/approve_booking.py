"""Staff approve an application."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking import events
from services.booking.domain import gates
from services.booking.domain.lifecycle import Action, Purpose, Status, after
from services.booking.domain.space import BookingRules
from services.booking.models import Booking
from services.booking.schemas import DecideBooking
from services.booking.usecases import access, audit
from services.booking.usecases.locking import lock_booking
from services.chassis.context import Actor
from services.chassis.events import emit
from services.chassis.period import Period


def approve_booking(
    session: Session, command: DecideBooking, *, actor: Actor, rules: BookingRules, now: datetime
) -> Booking:
    """Its rooms are held since the application. The rules are asked again, as of the day on which it was applied for.

    Raises Forbidden, NotFound, IllegalTransition, Refused.
    """
    access.require_staff(actor)
    booking = lock_booking(session, command.booking_id)
    status = after(Status(booking.status), Action.APPROVE)
    gates.pass_all(
        gates.Application(
            space=rules.space(booking.space_id),
            period=Period(booking.starts_at, booking.ends_at, rules.centre.zone),
            purpose=Purpose(booking.purpose),
            attendees=booking.attendees,
            applied_at=booking.requested_at,
            by_staff=False,
            rules=rules,
        )
    )
    before = audit.snapshot(booking)
    booking.decided(status, by=actor.id, at=now)
    audit.record(session, booking, Action.APPROVE, before=before, actor=actor, now=now)
    emit(session, events.of(events.BOOKING_APPROVED, booking, rules), now=now)
    return booking
