"""Staff lift a closure before its end."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking.domain.rules import BookingRules
from services.booking.models import Closure
from services.booking.schemas.commands import ClosureId
from services.booking.usecases import closing
from services.chassis import roles
from services.chassis.context import Actor


def lift_closure(session: Session, command: ClosureId, *, actor: Actor, rules: BookingRules, now: datetime) -> Closure:
    """It revives nothing. Raises Forbidden, NotFound, IllegalTransition for one that is over or lifted."""
    roles.require_staff(actor)
    closure = closing.lock_closure(session, command.closure_id)
    closing.lift(session, closure, rules=rules, now=now)
    return closure
