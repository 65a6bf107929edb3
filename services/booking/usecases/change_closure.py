"""Staff extend a closure, or let it end earlier."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking.domain.rules import BookingRules
from services.booking.models import Closure
from services.booking.schemas.commands import ChangeClosure
from services.booking.usecases import closing
from services.chassis import roles
from services.chassis.context import Actor


def change_closure(
    session: Session, command: ChangeClosure, *, actor: Actor, rules: BookingRules, now: datetime
) -> Closure:
    """Raises Forbidden, NotFound, Invalid, IllegalTransition for one that is over or lifted."""
    roles.require_staff(actor)
    closure = closing.lock_closure(session, command.closure_id)
    closing.move_end(session, closure, rules.centre.moment(command.to), rules=rules, now=now)
    return closure
