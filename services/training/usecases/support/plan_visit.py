"""A visit to a community is planned, or called off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.errors import NotFound, Refused
from services.chassis.events import emit
from services.training.domain.rules import TrainingRules
from services.training.domain.support import refusals
from services.training.domain.support.visits import Action, Status, after
from services.training.events import support as events
from services.training.models.support.programmes import Activist, Community, Support, Visit
from services.training.schemas.support.programmes import PlanVisit, VisitId
from services.training.usecases.support import access
from services.training.usecases.support.add_community import NO_COMMUNITY
from services.training.usecases.support.locking import lock
from services.training.usecases.support.spread_communities import NO_ACTIVIST


def plan_visit(session: Session, command: PlanVisit, *, actor: Actor, rules: TrainingRules, now: datetime) -> Visit:
    """Staff plan any, an activist those to their own communities. It may lie in the past: then only its report is
    missing. Raises Forbidden, NotFound, Refused.
    """
    roles.require_person(actor)
    community = session.get(Community, command.community_id)
    support = _support_of(session, command, actor)
    if community is None or support is None:
        raise NotFound(NO_COMMUNITY)
    visit = Visit(
        id=ids.new_id(),
        programme_id=support.programme_id,
        community_id=community.id,
        activist_id=_visitor(session, command, support, actor),
        purpose=command.purpose,
        visit_at=command.visit_at,
        planned_by=actor.id,
        planned_at=now,
        status=Status.PLANNED,
        remind_at=command.visit_at + rules.support.report_within,
        version=1,
    )
    session.add(visit)
    emit(session, events.of_visit(events.VISIT_PLANNED, visit, community, rules.centre.zone), now=now)
    return visit


def cancel_visit(session: Session, command: VisitId, *, actor: Actor) -> Visit:
    """Raises Forbidden, NotFound, IllegalTransition."""
    visit = lock(session, Visit, command.visit_id, access.NO_VISIT)
    access.require_visitor(actor, visit)
    visit.cancelled(after(visit.status, Action.CANCEL))
    return visit


def _support_of(session: Session, command: PlanVisit, actor: Actor) -> Support | None:
    """The newest programme that the community is in, if none is named; for an activist among their own."""
    wanted = select(Support).where(Support.community_id == command.community_id).order_by(Support.id.desc()).limit(1)
    if command.programme_id is not None:
        wanted = wanted.where(Support.programme_id == command.programme_id)
    if not roles.is_staff(actor):
        wanted = wanted.where(Support.activist_id == actor.id)
    return session.scalars(wanted).one_or_none()


def _visitor(session: Session, command: PlanVisit, support: Support, actor: Actor) -> str:
    if command.activist_id is None:
        if support.activist_id is None:
            raise Refused([refusals.not_assigned()])
        return support.activist_id
    if command.activist_id != actor.id:
        roles.require_staff(actor)
    if session.get(Activist, command.activist_id) is None:
        raise NotFound(NO_ACTIVIST)
    return command.activist_id
