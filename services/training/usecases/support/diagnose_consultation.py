"""Staff find out what is really needed, before somebody is chosen for it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.training.domain.support.consulting import Action, after
from services.training.models.support.consulting import Consultation
from services.training.schemas.support.consulting import DiagnoseConsultation
from services.training.usecases.support import access
from services.training.usecases.support.locking import lock


def diagnose_consultation(session: Session, command: DiagnoseConsultation, *, actor: Actor) -> Consultation:
    """Raises Forbidden, NotFound, IllegalTransition."""
    roles.require_staff(actor)
    consultation = lock(session, Consultation, command.consultation_id, access.NO_CONSULTATION)
    status = after(consultation.status, Action.DIAGNOSE)
    consultation.diagnosed(status, command.diagnosis, command.topic, by=actor.id)
    return consultation
