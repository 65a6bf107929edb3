"""Rate a consultation that one asked for."""

from __future__ import annotations

from services.chassis.call import Call
from services.training.contract import consulting as contract
from services.training.domain.rules import TrainingRules
from services.training.domain.support.consulting import Action, after
from services.training.models.support.consulting import Consultation
from services.training.queries.support.consulting import consultation_answer
from services.training.usecases.support import access
from services.training.usecases.support.locking import lock


def rate_consultation(call: Call[TrainingRules], command: contract.RateConsultation) -> contract.Consultation:
    """Once. Raises Forbidden, NotFound, IllegalTransition."""
    consultation = lock(call.session, Consultation, command.consultation_id, access.NO_CONSULTATION)
    access.require_asker(call.actor, consultation)
    status = after(consultation.status, Action.RATE)
    consultation.rated(status, command.satisfaction, command.comment, at=call.now)
    return consultation_answer(call, consultation)
