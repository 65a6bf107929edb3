"""Check in to a booking."""

from __future__ import annotations

from services.booking import events
from services.booking.contract import bookings as contract
from services.booking.contract.vocabulary import Action, Scope, Status
from services.booking.domain.lifecycle import after
from services.booking.queries.answers import BookingCall, booking_answer
from services.booking.usecases import access, audit
from services.booking.usecases.locking import lock_scope
from services.chassis.errors import IllegalTransition
from services.chassis.events import emit
from services.chassis.i18n import msgid as _


def check_in(call: BookingCall, command: contract.CheckIn) -> contract.Booking:
    """Allowed around the start, for as long as the profile says. Raises NotFound, IllegalTransition."""
    access.require_known(call.session, command.booking_id, call.actor)
    (booking,) = lock_scope(call.session, command.booking_id, Scope.THIS)
    status = after(Status(booking.status), Action.CHECK_IN)
    opens, closes = booking.starts_at - call.profile.check_in.before, booking.starts_at + call.profile.check_in.after
    if call.now < opens:
        local = opens.astimezone(call.profile.centre.zone)
        raise IllegalTransition(
            _("You can check in from %(opens)s."),
            state="early",
            wanted=Action.CHECK_IN,
            opens=f"{local:%Y-%m-%d %H:%M}",
        )
    if call.now >= closes:
        raise IllegalTransition(_("The time to check in is over."), state="late", wanted=Action.CHECK_IN)

    before = audit.snapshot(booking)
    booking.decided(status, by=call.actor.id, at=call.now)
    audit.record(call.session, [booking], Action.CHECK_IN, before=[before], actor=call.actor, now=call.now)
    emit(call.session, events.of(events.BOOKING_CHECKED_IN, [booking], call.profile), now=call.now)
    return booking_answer(call, booking)
