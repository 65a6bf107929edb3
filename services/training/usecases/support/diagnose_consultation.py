"""Find out what is really needed, before a consultant is chosen."""

from __future__ import annotations

from services.chassis import roles
from services.chassis.call import Call
from services.training.contract import consulting as contract
from services.training.domain.rules import TrainingRules
from services.training.domain.support.consulting import Action, after
from services.training.models.support.consulting import Consultation
from services.training.queries.support.consulting import consultation_answer
from services.training.usecases.support import access
from services.training.usecases.support.locking import lock


def diagnose_consultation(call: Call[TrainingRules], command: contract.DiagnoseConsultation) -> contract.Consultation:
    """Raises Forbidden, NotFound, IllegalTransition."""
    roles.require_staff(call.actor)
    consultation = lock(call.session, Consultation, command.consultation_id, access.NO_CONSULTATION)
    status = after(consultation.status, Action.DIAGNOSE)
    consultation.diagnosed(status, command.diagnosis, command.topic, by=call.actor.id)
    return consultation_answer(call, consultation)
