"""Plan a visit to a community, or call it off."""

from __future__ import annotations

from sqlalchemy import select

from services.chassis import ids, roles
from services.chassis.call import Call
from services.chassis.errors import NotFound, Refused
from services.chassis.events import emit
from services.training.contract import programmes as contract
from services.training.contract.vocabulary import VisitStatus
from services.training.domain.rules import TrainingRules
from services.training.domain.support import refusals
from services.training.domain.support.visits import Action, after
from services.training.events import support as events
from services.training.models.support.programmes import Activist, Community, Support, Visit
from services.training.queries.support.programmes import visit_answer
from services.training.usecases.support import access
from services.training.usecases.support.add_community import NO_COMMUNITY
from services.training.usecases.support.locking import lock
from services.training.usecases.support.spread_communities import NO_ACTIVIST


def plan_visit(call: Call[TrainingRules], command: contract.PlanVisit) -> contract.Visit:
    """Staff plan any visit, an activist those to their own communities. It may be in the past: then only its report is
    missing. Raises Forbidden, NotFound, Refused.
    """
    roles.require_person(call.actor)
    community = call.session.get(Community, command.community_id)
    support = _support_of(call, command)
    if community is None or support is None:
        raise NotFound(NO_COMMUNITY)
    visit = Visit(
        id=ids.new_id(),
        programme_id=support.programme_id,
        community_id=community.id,
        activist_id=_visitor(call, command, support),
        purpose=command.purpose,
        visit_at=command.visit_at,
        planned_by=call.actor.id,
        planned_at=call.now,
        status=VisitStatus.PLANNED,
        remind_at=command.visit_at + call.profile.support.report_within,
        version=1,
    )
    call.session.add(visit)
    emit(call.session, events.of_visit(events.VISIT_PLANNED, visit, community, call.profile.centre.zone), now=call.now)
    return visit_answer(call, visit)


def cancel_visit(call: Call[TrainingRules], command: contract.CancelVisit) -> contract.Visit:
    """Raises Forbidden, NotFound, IllegalTransition."""
    visit = lock(call.session, Visit, command.visit_id, access.NO_VISIT)
    access.require_visitor(call.actor, visit)
    visit.cancelled(after(visit.status, Action.CANCEL))
    return visit_answer(call, visit)


def _support_of(call: Call[TrainingRules], command: contract.PlanVisit) -> Support | None:
    """Without a programme, the newest one that the community is in. An activist's own communities only."""
    chosen = select(Support).where(Support.community_id == command.community_id).order_by(Support.id.desc()).limit(1)
    if command.programme_id is not None:
        chosen = chosen.where(Support.programme_id == command.programme_id)
    if not roles.is_staff(call.actor):
        chosen = chosen.where(Support.activist_id == call.actor.id)
    return call.session.scalars(chosen).one_or_none()


def _visitor(call: Call[TrainingRules], command: contract.PlanVisit, support: Support) -> str:
    if command.activist_id is None:
        if support.activist_id is None:
            raise Refused([refusals.not_assigned()])
        return support.activist_id
    if command.activist_id != call.actor.id:
        roles.require_staff(call.actor)
    if call.session.get(Activist, command.activist_id) is None:
        raise NotFound(NO_ACTIVIST)
    return command.activist_id
