"""Staff close the centre, or some of its spaces."""

from __future__ import annotations

from services.booking.contract import closures as contract
from services.booking.domain.closing import Closing
from services.booking.queries.answers import BookingCall, changed_closure
from services.booking.usecases import closing
from services.centre.opening import Centre
from services.chassis import roles


def declare_closure(call: BookingCall, command: contract.DeclareClosure) -> contract.ChangedClosure:
    """Raises Forbidden, NotFound for a space, Invalid for a time that is over or that ends before it starts."""
    roles.require_staff(call.actor)
    closure = closing.close(
        call.session,
        closing_of(command, call.profile.centre),
        by=call.actor.id,
        rules=call.profile,
        now=call.now,
    )
    return changed_closure(call, closure)


def closing_of(command: contract.DeclareClosure, centre: Centre) -> Closing:
    """Raises Invalid for a time that ends before it starts."""
    return Closing(
        period=centre.period(command.start, command.to),
        reason=command.reason,
        space_ids=tuple(command.space_ids or ()),
        force_majeure=command.force_majeure,
    )
