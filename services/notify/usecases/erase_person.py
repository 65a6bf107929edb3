"""A person is erased everywhere: here at once, elsewhere when it is heard. Rule: DOMAIN, Notification."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.events import emit
from services.notify import events
from services.notify.domain import refusals
from services.notify.schemas.people import ErasePerson
from services.notify.usecases.forgetting import forget_person

COMMAND = "erase_person"

log = structlog.get_logger("madang.privacy")


def erase_person(session: Session, command: ErasePerson, *, actor: Actor, now: datetime) -> None:
    """By the person themself, or by staff who say why. Who is not known here may be known elsewhere: it is told anyway.

    Raises Forbidden, Invalid.
    """
    roles.require_person(actor)
    if command.person_id != actor.id:
        roles.require_staff(actor)
        if not command.reason:
            raise refusals.reason_missing()
    forget_person(session, command.person_id, but=COMMAND)
    emit(session, events.person_erased(command.person_id), now=now)
    log.info("person_erased", person_id=command.person_id, actor_id=actor.id, reason=command.reason)
