"""Read the communities of a programme and a visit, as far as the reader may."""

from __future__ import annotations

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.contract import Page
from services.chassis.errors import NotFound
from services.training.contract import programmes as contract
from services.training.domain.rules import TrainingRules
from services.training.models.support.programmes import Programme, Visit
from services.training.queries.support import programmes
from services.training.usecases.support import access
from services.training.usecases.support.add_community import NO_PROGRAMME


def list_supported_communities(
    call: Call[TrainingRules], request: contract.ListSupportedCommunities
) -> Page[contract.Support]:
    """Raises Forbidden, NotFound."""
    roles.require_person(call.actor)
    if call.session.get(Programme, request.programme_id) is None:
        raise NotFound(NO_PROGRAMME)
    page = programmes.supports(call.session, request, call.actor)
    return Page(items=programmes.support_answers(call, page.items), next_cursor=page.next_cursor)


def get_visit(call: Call[TrainingRules], request: contract.GetVisit) -> contract.Visit:
    """Raises NotFound."""
    visit = access.require_visit(call.actor, call.session.get(Visit, request.visit_id))
    return programmes.visit_answer(call, visit)
