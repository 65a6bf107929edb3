"""Write down a session of a consultation."""

from __future__ import annotations

from services.chassis import ids
from services.chassis.call import Call
from services.chassis.errors import IllegalTransition
from services.chassis.i18n import msgid as _
from services.training.contract import consulting as contract
from services.training.domain.rules import TrainingRules
from services.training.domain.support.consulting import Action, after
from services.training.models.support.consulting import Consultation, ConsultationLog
from services.training.queries.support.consulting import consultation_with_logs
from services.training.usecases.support import access
from services.training.usecases.support.locking import lock


def log_session(call: Call[TrainingRules], command: contract.LogSession) -> contract.ConsultationWithLogs:
    """Raises Forbidden, NotFound, and IllegalTransition, also for a session that is still to come."""
    consultation = lock(call.session, Consultation, command.consultation_id, access.NO_CONSULTATION)
    access.require_adviser(call.actor, consultation)
    consultation.status = after(consultation.status, Action.LOG)
    if call.now < command.held_at:
        raise IllegalTransition(_("This session is still to come."), state=consultation.status, wanted=Action.LOG)
    call.session.add(ConsultationLog(id=ids.new_id(), author_id=call.actor.id, **vars(command)))
    call.session.flush()
    return consultation_with_logs(call, consultation)
