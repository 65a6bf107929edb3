"""Sales channels (판로): opportunities, who was introduced to them, and what it brought."""

from __future__ import annotations

from sqlalchemy import select

from services.chassis import ids, roles
from services.chassis.call import Call
from services.chassis.errors import Refusal, Refused
from services.chassis.i18n import msgid as _
from services.training.contract import consulting as contract
from services.training.contract.vocabulary import Result
from services.training.domain.rules import TrainingRules
from services.training.domain.support import refusals
from services.training.models.support.consulting import Introduction, Opportunity
from services.training.usecases.support import access
from services.training.usecases.support.locking import lock

NO_OPPORTUNITY = _("There is no such opportunity.")
NO_INTRODUCTION = _("There is no such introduction.")


def enter_opportunity(call: Call[TrainingRules], command: contract.EnterOpportunity) -> contract.Opportunity:
    """Raises Forbidden."""
    roles.require_staff(call.actor)
    opportunity = Opportunity(id=ids.new_id(), **vars(command), entered_by=call.actor.id, entered_at=call.now)
    call.session.add(opportunity)
    return contract.Opportunity.of(opportunity, call.profile.centre.zone)


def introduce_organisation(call: Call[TrainingRules], command: contract.IntroduceOrganisation) -> contract.Introduction:
    """An organisation once to each opportunity, and not after its last day. Raises Forbidden, NotFound, Refused."""
    roles.require_staff(call.actor)
    opportunity = lock(call.session, Opportunity, command.opportunity_id, NO_OPPORTUNITY)
    if command.consultation_id is not None:
        access.require_consultation(call.session, command.consultation_id)
    if refused := _refused(call, opportunity, command):
        raise Refused(refused)
    introduction = Introduction(
        id=ids.new_id(),
        **vars(command),
        introduced_by=call.actor.id,
        introduced_at=call.now,
        result_at=None if command.result is Result.PENDING else call.now,
    )
    call.session.add(introduction)
    return contract.Introduction.of(introduction, call.profile.centre.zone)


def record_introduction_result(
    call: Call[TrainingRules], command: contract.RecordIntroductionResult
) -> contract.Introduction:
    """May be recorded again: talks lead to contracts. Raises Forbidden, NotFound."""
    roles.require_staff(call.actor)
    introduction = lock(call.session, Introduction, command.introduction_id, NO_INTRODUCTION)
    introduction.result, introduction.amount, introduction.note = command.result, command.amount, command.note
    introduction.result_at = call.now
    return contract.Introduction.of(introduction, call.profile.centre.zone)


def _refused(
    call: Call[TrainingRules], opportunity: Opportunity, command: contract.IntroduceOrganisation
) -> list[Refusal]:
    refused = []
    closes_on = opportunity.closes_on
    if closes_on is not None and call.now.astimezone(call.profile.centre.zone).date() > closes_on:
        refused.append(refusals.opportunity_over(closes_on.isoformat()))
    before = select(Introduction.id).where(
        Introduction.opportunity_id == opportunity.id, Introduction.organisation_id == command.organisation_id
    )
    if call.session.scalars(before).first() is not None:
        refused.append(refusals.already_introduced())
    return refused
