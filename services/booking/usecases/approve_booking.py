"""Staff approve an application, of a series all of it unless they say otherwise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking import events
from services.booking.domain.lifecycle import Action, Status, after
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking
from services.booking.schemas.commands import DecideBooking
from services.booking.usecases import audit
from services.booking.usecases.admission import admit_all
from services.booking.usecases.applying_again import alike, application_of
from services.booking.usecases.scoping import lock_for_action
from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.events import emit


def approve_booking(
    session: Session, command: DecideBooking, *, actor: Actor, rules: BookingRules, now: datetime
) -> list[Booking]:
    """The rooms are held since the application. The rules are asked again, as of the day on which it was applied for.

    Raises Forbidden, NotFound, IllegalTransition, Refused.
    """
    roles.require_staff(actor)
    bookings = lock_for_action(session, command.booking_id, command.scope, Action.APPROVE, now=now)
    applications = [application_of(group, rules) for group in alike(bookings)]
    admit_all(session, applications, apart_from=[booking.id for booking in bookings])

    before = [audit.snapshot(booking) for booking in bookings]
    for booking in bookings:
        booking.decided(after(Status(booking.status), Action.APPROVE), by=actor.id, at=now)
    audit.record(session, bookings, Action.APPROVE, before=before, actor=actor, now=now)
    emit(session, events.of(events.BOOKING_APPROVED, bookings, rules), now=now)
    return bookings
