"""The applicant, their group or staff cancel a booking, or more of its series."""

from __future__ import annotations

from services.booking import events
from services.booking.contract import bookings as contract
from services.booking.contract.vocabulary import Action, Kind, Status
from services.booking.domain import fees
from services.booking.domain.lifecycle import after
from services.booking.queries.answers import BookingCall, changed_booking
from services.booking.usecases import access, audit, holding
from services.booking.usecases.applying_again import period_of
from services.booking.usecases.scoping import lock_for_action
from services.chassis import roles
from services.chassis.events import emit


def cancel_booking(call: BookingCall, command: contract.CancelBooking) -> contract.ChangedBooking:
    """Release the rooms at once and refund the fee by the time that is left. A cancellation that comes too late for
    any refund keeps its place in the month's quota. A booking that has begun cannot be cancelled.

    Staff may refund the whole fee (force majeure). Raises Forbidden, NotFound, IllegalTransition.
    """
    access.require_known(call.session, command.booking_id, call.actor)
    if command.force_majeure:
        roles.require_staff(call.actor)
    bookings = lock_for_action(call.session, command.booking_id, command.scope, Action.CANCEL, now=call.now)

    before = [audit.snapshot(booking) for booking in bookings]
    for booking in bookings:
        period = period_of(booking, call.profile)
        refund = fees.refund(booking.fee, period, call.now, call.profile.refunds)
        late = not fees.in_time(period, call.now, call.profile.refunds)
        booking.decided(after(Status(booking.status), Action.CANCEL), by=call.actor.id, at=call.now, note=command.note)
        booking.given_up(
            refund=booking.fee if command.force_majeure else refund,
            counts=late and not command.force_majeure and booking.kind == Kind.RENTAL,
        )
    holding.release(call.session, [booking.id for booking in bookings])
    audit.record(call.session, bookings, Action.CANCEL, before=before, actor=call.actor, now=call.now)
    emit(call.session, events.of(events.BOOKING_CANCELLED, bookings, call.profile), now=call.now)
    return changed_booking(call, bookings, command.booking_id)
