"""Staff close the centre, or some of its spaces."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking.domain.rules import BookingRules
from services.booking.models import Closure
from services.booking.schemas.commands import DeclareClosure
from services.booking.usecases import closing
from services.chassis import roles
from services.chassis.context import Actor


def declare_closure(
    session: Session, command: DeclareClosure, *, actor: Actor, rules: BookingRules, now: datetime
) -> Closure:
    """Raises Forbidden, NotFound for a space, Invalid for a time that is over or that ends before it starts."""
    roles.require_staff(actor)
    wanted = command.closing(rules.centre)
    return closing.close(session, wanted, by=actor.id, rules=rules, now=now)
