"""The consultant writes down a session of a consultation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import ids
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition
from services.chassis.i18n import msgid as _
from services.training.domain.support.consulting import Action, after
from services.training.models.support.consulting import Consultation, ConsultationLog
from services.training.schemas.support.consulting import LogSession
from services.training.usecases.support import access
from services.training.usecases.support.locking import lock


def log_session(session: Session, command: LogSession, *, actor: Actor, now: datetime) -> Consultation:
    """Raises Forbidden, NotFound, IllegalTransition (before it has begun, too)."""
    consultation = lock(session, Consultation, command.consultation_id, access.NO_CONSULTATION)
    access.require_adviser(actor, consultation)
    consultation.status = after(consultation.status, Action.LOG)
    if now < command.held_at:
        raise IllegalTransition(_("This session is still to come."), state=consultation.status, wanted=Action.LOG)
    session.add(
        ConsultationLog(
            id=ids.new_id(),
            consultation_id=consultation.id,
            author_id=actor.id,
            held_at=command.held_at,
            minutes=command.minutes,
            notes=command.notes,
        )
    )
    session.flush()
    return consultation
