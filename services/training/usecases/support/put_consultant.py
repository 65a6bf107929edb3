"""Enter a consultant, with the topics that they advise on and how much they take on."""

from __future__ import annotations

from services.chassis import roles
from services.chassis.call import Call
from services.training.contract import consulting as contract
from services.training.domain.rules import TrainingRules
from services.training.models.support.consulting import Consultant
from services.training.queries.support.consulting import consultant_answers


def put_consultant(call: Call[TrainingRules], command: contract.PutConsultant) -> contract.Consultant:
    """Consultations that they are at work on stay with them. Raises Forbidden."""
    roles.require_staff(call.actor)
    consultant = call.session.merge(
        Consultant(
            id=command.id,
            name=command.name,
            topics=sorted(command.topics),
            most=command.most,
            active=command.active,
        )
    )
    return consultant_answers(call, [consultant])[0]
