"""Who asked says how satisfied they are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.training.domain.support.consulting import Action, after
from services.training.models.support.consulting import Consultation
from services.training.schemas.support.consulting import RateConsultation
from services.training.usecases.support import access
from services.training.usecases.support.locking import lock


def rate_consultation(session: Session, command: RateConsultation, *, actor: Actor, now: datetime) -> Consultation:
    """Once. Raises Forbidden, NotFound, IllegalTransition."""
    consultation = lock(session, Consultation, command.consultation_id, access.NO_CONSULTATION)
    access.require_asker(actor, consultation)
    status = after(consultation.status, Action.RATE)
    consultation.rated(status, command.satisfaction, command.comment, at=now)
    return consultation
