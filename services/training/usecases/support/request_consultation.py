"""Ask for advice, for oneself or for an organisation."""

from __future__ import annotations

from services.chassis import ids, roles
from services.chassis.call import Call
from services.chassis.events import emit
from services.training.contract import consulting as contract
from services.training.contract.vocabulary import ConsultationStatus
from services.training.domain.rules import TrainingRules
from services.training.events import support as events
from services.training.models.support.consulting import Consultation
from services.training.queries.support.consulting import consultation_answer
from services.training.usecases.support import access


def request_consultation(call: Call[TrainingRules], command: contract.RequestConsultation) -> contract.Consultation:
    """Raises Forbidden."""
    roles.require_person(call.actor)
    access.require_member(call.actor, command.organisation_id)
    consultation = Consultation(
        id=ids.new_id(),
        **vars(command),
        status=ConsultationStatus.REQUESTED,
        requester_id=call.actor.id,
        requester_name=call.actor.name,
        requested_at=call.now,
        version=1,
    )
    call.session.add(consultation)
    fact = events.of_consultation(events.CONSULTATION_REQUESTED, consultation, call.profile.centre.zone)
    emit(call.session, fact, now=call.now)
    return consultation_answer(call, consultation)
