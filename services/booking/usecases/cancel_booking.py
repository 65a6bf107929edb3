"""Who applied, their group, or staff cancel a booking, or more of its series."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking import events
from services.booking.domain import fees
from services.booking.domain.lifecycle import Action, Kind, Status, after
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking
from services.booking.schemas.commands import CancelBooking
from services.booking.usecases import access, audit, holding
from services.booking.usecases.applying_again import period_of
from services.booking.usecases.scoping import lock_for_action
from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.events import emit


def cancel_booking(
    session: Session, command: CancelBooking, *, actor: Actor, rules: BookingRules, now: datetime
) -> list[Booking]:
    """Its rooms are free at once; the fee is refunded by the time that is left. A cancellation that comes too late for
    any refund does not free its place in the month's quota. What has begun cannot be cancelled any more.

    Staff may give everything back (force majeure). Raises Forbidden, NotFound, IllegalTransition.
    """
    access.require_known(session, command.booking_id, actor)
    if command.force_majeure:
        roles.require_staff(actor)
    bookings = lock_for_action(session, command.booking_id, command.scope, Action.CANCEL, now=now)

    before = [audit.snapshot(booking) for booking in bookings]
    for booking in bookings:
        period = period_of(booking, rules)
        owed_back = fees.refund(booking.fee, period, now, rules.refunds)
        late = not fees.in_time(period, now, rules.refunds)
        booking.decided(after(Status(booking.status), Action.CANCEL), by=actor.id, at=now, note=command.note)
        booking.given_up(
            refund=booking.fee if command.force_majeure else owed_back,
            counts=late and not command.force_majeure and booking.kind == Kind.RENTAL,
        )
    holding.release(session, [booking.id for booking in bookings])
    audit.record(session, bookings, Action.CANCEL, before=before, actor=actor, now=now)
    emit(session, events.of(events.BOOKING_CANCELLED, bookings, rules), now=now)
    return bookings
