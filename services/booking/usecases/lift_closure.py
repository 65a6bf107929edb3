"""Staff lift a closure before its end."""

from __future__ import annotations

from services.booking.contract import closures as contract
from services.booking.queries.answers import BookingCall, changed_closure
from services.booking.usecases import closing
from services.chassis import roles


def lift_closure(call: BookingCall, command: contract.LiftClosure) -> contract.ChangedClosure:
    """Cancelled bookings stay cancelled. Raises Forbidden, NotFound, IllegalTransition if it is over or lifted."""
    roles.require_staff(call.actor)
    closure = closing.lock_closure(call.session, command.closure_id)
    closing.lift(call.session, closure, rules=call.profile, now=call.now)
    return changed_closure(call, closure)
