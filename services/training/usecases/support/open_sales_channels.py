"""Sales-channel support (판로): opportunities, who was introduced where, and what it brought."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.errors import NotFound, Refusal, Refused
from services.chassis.i18n import msgid as _
from services.training.domain.rules import TrainingRules
from services.training.domain.support import refusals
from services.training.domain.support.sales import Result
from services.training.models.support.consulting import Consultation, Introduction, Opportunity
from services.training.schemas.support.consulting import EnterOpportunity, Introduce, RecordResult
from services.training.usecases.support import access
from services.training.usecases.support.locking import lock

NO_OPPORTUNITY = _("There is no such opportunity.")
NO_INTRODUCTION = _("There is no such introduction.")


def enter_opportunity(session: Session, command: EnterOpportunity, *, actor: Actor, now: datetime) -> Opportunity:
    """Raises Forbidden."""
    roles.require_staff(actor)
    opportunity = Opportunity(id=ids.new_id(), **vars(command), entered_by=actor.id, entered_at=now)
    session.add(opportunity)
    return opportunity


def introduce(
    session: Session, command: Introduce, *, actor: Actor, rules: TrainingRules, now: datetime
) -> Introduction:
    """An organisation once to each opportunity, and not after its last day. Raises Forbidden, NotFound, Refused."""
    roles.require_staff(actor)
    opportunity = lock(session, Opportunity, command.opportunity_id, NO_OPPORTUNITY)
    if command.consultation_id is not None and session.get(Consultation, command.consultation_id) is None:
        raise NotFound(access.NO_CONSULTATION)
    if found := _refused(session, opportunity, command, rules, now):
        raise Refused(found)
    introduction = Introduction(
        id=ids.new_id(),
        **vars(command),
        introduced_by=actor.id,
        introduced_at=now,
        result_at=None if command.result is Result.PENDING else now,
    )
    session.add(introduction)
    return introduction


def record_result(session: Session, command: RecordResult, *, actor: Actor, now: datetime) -> Introduction:
    """May be said anew: talks lead to contracts. Raises Forbidden, NotFound."""
    roles.require_staff(actor)
    introduction = lock(session, Introduction, command.introduction_id, NO_INTRODUCTION)
    introduction.result, introduction.amount, introduction.note = command.result, command.amount, command.note
    introduction.result_at = now
    return introduction


def _refused(
    session: Session, opportunity: Opportunity, command: Introduce, rules: TrainingRules, now: datetime
) -> list[Refusal]:
    found = []
    closes_on = opportunity.closes_on
    if closes_on is not None and now.astimezone(rules.centre.zone).date() > closes_on:
        found.append(refusals.opportunity_over(closes_on.isoformat()))
    before = select(Introduction.id).where(
        Introduction.opportunity_id == opportunity.id, Introduction.organisation_id == command.organisation_id
    )
    if session.scalars(before).first() is not None:
        found.append(refusals.already_introduced())
    return found
