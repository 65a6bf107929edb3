"""Report a consultation. Its consultant has room for others again."""

from __future__ import annotations

from services.chassis.call import Call
from services.chassis.events import emit
from services.training.contract import consulting as contract
from services.training.domain.rules import TrainingRules
from services.training.domain.support.consulting import Action, after
from services.training.events import support as events
from services.training.models.support.consulting import Consultation
from services.training.queries.support.consulting import consultation_with_logs
from services.training.usecases.support import access
from services.training.usecases.support.locking import lock


def report_consultation(
    call: Call[TrainingRules], command: contract.ReportConsultation
) -> contract.ConsultationWithLogs:
    """Raises Forbidden, NotFound, IllegalTransition."""
    consultation = lock(call.session, Consultation, command.consultation_id, access.NO_CONSULTATION)
    access.require_adviser(call.actor, consultation)
    consultation.reported(after(consultation.status, Action.REPORT), command.report, at=call.now)
    fact = events.of_consultation(events.CONSULTATION_REPORTED, consultation, call.profile.centre.zone)
    emit(call.session, fact, now=call.now)
    return consultation_with_logs(call, consultation)
