"""Staff approve an application. A series is approved as a whole unless they choose a narrower scope."""

from __future__ import annotations

from services.booking import events
from services.booking.contract import bookings as contract
from services.booking.contract.vocabulary import Action, Status
from services.booking.domain.lifecycle import after
from services.booking.queries.answers import BookingCall, changed_booking
from services.booking.usecases import audit
from services.booking.usecases.admission import admit_all
from services.booking.usecases.applying_again import alike, application_of
from services.booking.usecases.scoping import lock_for_action
from services.chassis import roles
from services.chassis.events import emit


def approve_booking(call: BookingCall, command: contract.ApproveBooking) -> contract.ChangedBooking:
    """Check the rules again as of the day of the application, and approve. The rooms have been held since then.

    Raises Forbidden, NotFound, IllegalTransition, Refused.
    """
    roles.require_staff(call.actor)
    bookings = lock_for_action(call.session, command.booking_id, command.scope, Action.APPROVE, now=call.now)
    applications = [application_of(group, call.profile) for group in alike(bookings)]
    admit_all(call.session, applications, apart_from=[booking.id for booking in bookings])

    before = [audit.snapshot(booking) for booking in bookings]
    for booking in bookings:
        booking.decided(after(Status(booking.status), Action.APPROVE), by=call.actor.id, at=call.now)
    audit.record(call.session, bookings, Action.APPROVE, before=before, actor=call.actor, now=call.now)
    emit(call.session, events.of(events.BOOKING_APPROVED, bookings, call.profile), now=call.now)
    return changed_booking(call, bookings, command.booking_id)
