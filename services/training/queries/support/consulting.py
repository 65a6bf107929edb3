"""Consultations, consultants with their loads, and sales channels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.context import Actor
from services.chassis.contract import Page
from services.training.contract import consulting as contract
from services.training.domain.rules import TrainingRules
from services.training.domain.support.consulting import AT_WORK
from services.training.models.support.consulting import (
    Consultant,
    Consultation,
    ConsultationLog,
    Introduction,
    Opportunity,
)
from services.training.queries.support.paging import Page as Rows
from services.training.queries.support.paging import by_id, newest_first


def list_consultants(call: Call[TrainingRules], request: contract.ListConsultants) -> Page[contract.Consultant]:
    """Raises Forbidden."""
    roles.require_reader(call.actor)
    page = by_id(call.session, select(Consultant), Consultant.id, limit=request.limit, cursor=request.cursor)
    return Page(items=consultant_answers(call, page.items), next_cursor=page.next_cursor)


def list_consultations(call: Call[TrainingRules], request: contract.ListConsultations) -> Page[contract.Consultation]:
    """All for who reads everything; for others those that they asked for, alone or for an organisation, and those that
    they advise on. Raises Forbidden.
    """
    roles.require_person(call.actor)
    chosen = select(Consultation)
    if not roles.reads_all(call.actor):
        chosen = chosen.where(or_(asked_by(call.actor), Consultation.consultant_id == call.actor.id))
    for name in ("status", "topic", "consultant_id"):
        if (value := getattr(request, name)) is not None:
            chosen = chosen.where(getattr(Consultation, name) == value)
    page = newest_first(call.session, chosen, Consultation.id, limit=request.limit, cursor=request.cursor)
    return Page(items=consultation_answers(call, page.items), next_cursor=page.next_cursor)


def list_opportunities(call: Call[TrainingRules], request: contract.ListOpportunities) -> Page[contract.Opportunity]:
    """Raises Forbidden."""
    roles.require_person(call.actor)
    chosen = select(Opportunity)
    if request.channel is not None:
        chosen = chosen.where(Opportunity.channel == request.channel)
    page = newest_first(call.session, chosen, Opportunity.id, limit=request.limit, cursor=request.cursor)
    items = [contract.Opportunity.of(each, call.profile.centre.zone) for each in page.items]
    return Page(items=items, next_cursor=page.next_cursor)


def introductions(session: Session, request: contract.ListIntroductions, actor: Actor) -> Rows:
    """All for who reads everything; for others those of their organisations."""
    chosen = select(Introduction).where(Introduction.opportunity_id == request.opportunity_id)
    if not roles.reads_all(actor):
        chosen = chosen.where(Introduction.organisation_id.in_(actor.orgs))
    return by_id(session, chosen, Introduction.id, limit=request.limit, cursor=request.cursor)


def asked_by(actor: Actor) -> ColumnElement[bool]:
    """The consultations that the actor asked for, for themselves or an organisation."""
    return or_(Consultation.requester_id == actor.id, Consultation.organisation_id.in_(actor.orgs))


def loads_of_consultants(session: Session, apart_from: str | None = None) -> Mapping[str, int]:
    """Consultations that each is at work on, by consultant."""
    counted = (
        select(Consultation.consultant_id, func.count())
        .where(Consultation.status == AT_WORK, Consultation.consultant_id.is_not(None))
        .group_by(Consultation.consultant_id)
    )
    if apart_from is not None:
        counted = counted.where(Consultation.id != apart_from)
    return {row[0]: row[1] for row in session.execute(counted) if row[0]}


# --- answers


def consultant_answers(call: Call[TrainingRules], rows: Sequence[Consultant]) -> list[contract.Consultant]:
    loads = loads_of_consultants(call.session)
    return [contract.Consultant.of(row, call.profile.centre.zone, load=loads.get(row.id, 0)) for row in rows]


def consultation_answer(call: Call[TrainingRules], row: Consultation) -> contract.Consultation:
    return consultation_answers(call, [row])[0]


def consultation_answers(call: Call[TrainingRules], rows: Sequence[Consultation]) -> list[contract.Consultation]:
    """The reason for a choice says how busy the other consultants are, so only staff and auditors see it."""
    names = _names_of_consultants(call.session, [row.consultant_id for row in rows])
    hidden = {} if roles.reads_all(call.actor) else {"match_reason": None}
    zone = call.profile.centre.zone
    return [
        contract.Consultation.of(row, zone, consultant_name=names.get(row.consultant_id or ""), **hidden)
        for row in rows
    ]


def consultation_with_logs(call: Call[TrainingRules], row: Consultation) -> contract.ConsultationWithLogs:
    chosen = select(ConsultationLog).where(ConsultationLog.consultation_id == row.id)
    logs = call.session.scalars(chosen.order_by(ConsultationLog.held_at, ConsultationLog.id))
    zone = call.profile.centre.zone
    shown = consultation_answer(call, row)
    return contract.ConsultationWithLogs.of(shown, zone, logs=[contract.HeldSession.of(each, zone) for each in logs])


def _names_of_consultants(session: Session, consultant_ids: Iterable[str | None]) -> Mapping[str, str]:
    chosen = select(Consultant.id, Consultant.name).where(Consultant.id.in_({each for each in consultant_ids if each}))
    return {row[0]: row[1] for row in session.execute(chosen)}
