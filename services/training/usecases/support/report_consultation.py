"""The consultant reports, and has room for others again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.events import emit
from services.training.domain.rules import TrainingRules
from services.training.domain.support.consulting import Action, after
from services.training.events import support as events
from services.training.models.support.consulting import Consultation
from services.training.schemas.support.consulting import ReportConsultation
from services.training.usecases.support import access
from services.training.usecases.support.locking import lock


def report_consultation(
    session: Session, command: ReportConsultation, *, actor: Actor, rules: TrainingRules, now: datetime
) -> Consultation:
    """Raises Forbidden, NotFound, IllegalTransition."""
    consultation = lock(session, Consultation, command.consultation_id, access.NO_CONSULTATION)
    access.require_adviser(actor, consultation)
    consultation.reported(after(consultation.status, Action.REPORT), command.report, at=now)
    emit(session, events.of_consultation(events.CONSULTATION_REPORTED, consultation, rules.centre.zone), now=now)
    return consultation
