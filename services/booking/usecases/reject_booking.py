"""Staff reject an application for a reason. A series is rejected as a whole unless they choose a narrower scope."""

from __future__ import annotations

from services.booking import events
from services.booking.contract import bookings as contract
from services.booking.contract.vocabulary import Action, Status
from services.booking.domain.lifecycle import after
from services.booking.queries.answers import BookingCall, changed_booking
from services.booking.usecases import audit, holding
from services.booking.usecases.scoping import lock_for_action
from services.chassis import roles
from services.chassis.events import emit


def reject_booking(call: BookingCall, command: contract.RejectBooking) -> contract.ChangedBooking:
    """Release the rooms and the place in the quota at once. Nothing is owed.

    Raises Forbidden, NotFound, IllegalTransition.
    """
    roles.require_staff(call.actor)
    bookings = lock_for_action(call.session, command.booking_id, command.scope, Action.REJECT, now=call.now)

    before = [audit.snapshot(booking) for booking in bookings]
    for booking in bookings:
        status = after(Status(booking.status), Action.REJECT)
        booking.decided(status, by=call.actor.id, at=call.now, reason=command.reason_code, note=command.note)
        booking.given_up(refund=booking.fee, counts=False)
    holding.release(call.session, [booking.id for booking in bookings])
    audit.record(call.session, bookings, Action.REJECT, before=before, actor=call.actor, now=call.now)
    emit(call.session, events.of(events.BOOKING_REJECTED, bookings, call.profile), now=call.now)
    return changed_booking(call, bookings, command.booking_id)
