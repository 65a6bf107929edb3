"""Staff enter a consultant, with the topics that they give advice on and how much they take on."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.training.models.support.consulting import Consultant
from services.training.schemas.support.consulting import PutConsultant


def put_consultant(session: Session, command: PutConsultant, *, actor: Actor) -> Consultant:
    """What they are at work on stays with them, whatever changes. Raises Forbidden."""
    roles.require_staff(actor)
    return session.merge(
        Consultant(
            id=command.id,
            name=command.name,
            topics=sorted(set(command.topics)),
            most=command.most,
            active=command.active,
        )
    )
