"""A person, for themselves or for an organisation, asks for advice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.events import emit
from services.training.domain.rules import TrainingRules
from services.training.domain.support.consulting import Status
from services.training.events import support as events
from services.training.models.support.consulting import Consultation
from services.training.schemas.support.consulting import RequestConsultation
from services.training.usecases.support import access


def request_consultation(
    session: Session, command: RequestConsultation, *, actor: Actor, rules: TrainingRules, now: datetime
) -> Consultation:
    """Raises Forbidden."""
    roles.require_person(actor)
    access.require_member(actor, command.organisation_id)
    consultation = Consultation(
        id=ids.new_id(),
        topic=command.topic,
        field=command.field,
        title=command.title,
        need=command.need,
        status=Status.REQUESTED,
        requester_id=actor.id,
        requester_name=actor.name,
        organisation_id=command.organisation_id,
        requested_at=now,
        version=1,
    )
    session.add(consultation)
    emit(session, events.of_consultation(events.CONSULTATION_REQUESTED, consultation, rules.centre.zone), now=now)
    return consultation
