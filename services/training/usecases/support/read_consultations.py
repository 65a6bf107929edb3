"""Read a consultation, and who was introduced to a sales channel, as far as the reader may."""

from __future__ import annotations

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.contract import Page
from services.chassis.errors import NotFound
from services.training.contract import consulting as contract
from services.training.domain.rules import TrainingRules
from services.training.models.support.consulting import Opportunity
from services.training.queries.support import consulting
from services.training.usecases.support import access
from services.training.usecases.support.open_sales_channels import NO_OPPORTUNITY


def get_consultation(call: Call[TrainingRules], request: contract.GetConsultation) -> contract.ConsultationWithLogs:
    """Raises NotFound."""
    consultation = access.require_consultation(call.session, request.consultation_id)
    access.require_readable(call.actor, consultation)
    return consulting.consultation_with_logs(call, consultation)


def list_introductions(call: Call[TrainingRules], request: contract.ListIntroductions) -> Page[contract.Introduction]:
    """Raises Forbidden, NotFound."""
    roles.require_person(call.actor)
    if call.session.get(Opportunity, request.opportunity_id) is None:
        raise NotFound(NO_OPPORTUNITY)
    page = consulting.introductions(call.session, request, call.actor)
    items = [contract.Introduction.of(each, call.profile.centre.zone) for each in page.items]
    return Page(items=items, next_cursor=page.next_cursor)
