"""Staff extend a closure, or let it end earlier."""

from __future__ import annotations

from services.booking.contract import closures as contract
from services.booking.queries.answers import BookingCall, changed_closure
from services.booking.usecases import closing
from services.chassis import roles


def change_closure(call: BookingCall, command: contract.ChangeClosure) -> contract.ChangedClosure:
    """Raises Forbidden, NotFound, Invalid, IllegalTransition for one that is over or lifted."""
    roles.require_staff(call.actor)
    closure = closing.lock_closure(call.session, command.closure_id)
    closing.move_end(call.session, closure, call.profile.centre.moment(command.to), rules=call.profile, now=call.now)
    return changed_closure(call, closure)
