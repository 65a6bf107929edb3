"""Consultations, consultants with their loads, and sales channels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.training.domain.support.consulting import AT_WORK
from services.training.models.support.consulting import (
    Consultant,
    Consultation,
    ConsultationLog,
    Introduction,
    Opportunity,
)
from services.training.queries.support.paging import Page, by_id, newest_first
from services.training.schemas.support.bases import FindPage
from services.training.schemas.support.consulting import FindConsultations, FindIntroductions, FindOpportunities


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


def find_consultants(session: Session, find: FindPage) -> Page:
    return by_id(session, select(Consultant), Consultant.id, limit=find.limit, cursor=find.cursor)


def names_of_consultants(session: Session, wanted: Iterable[str | None]) -> Mapping[str, str]:
    chosen = select(Consultant.id, Consultant.name).where(Consultant.id.in_({each for each in wanted if each}))
    return {row[0]: row[1] for row in session.execute(chosen)}


def asked_by(actor: Actor) -> ColumnElement[bool]:
    """The consultations that the actor asked for, for themselves or an organisation."""
    return or_(Consultation.requester_id == actor.id, Consultation.organisation_id.in_(actor.orgs))


def find_consultations(session: Session, find: FindConsultations, *, actor: Actor, all_of_them: bool) -> Page:
    """Newest first. Without `all_of_them` those that the actor asked for, for themselves or an organisation, and those
    that they advise on.
    """
    chosen = select(Consultation)
    if not all_of_them:
        chosen = chosen.where(or_(asked_by(actor), Consultation.consultant_id == actor.id))
    for name in ("status", "topic", "consultant_id"):
        if (value := getattr(find, name)) is not None:
            chosen = chosen.where(getattr(Consultation, name) == value)
    return newest_first(session, chosen, Consultation.id, limit=find.limit, cursor=find.cursor)


def logs_of(session: Session, consultation_id: str) -> Sequence[ConsultationLog]:
    wanted = select(ConsultationLog).where(ConsultationLog.consultation_id == consultation_id)
    return session.scalars(wanted.order_by(ConsultationLog.held_at, ConsultationLog.id)).all()


def find_opportunities(session: Session, find: FindOpportunities) -> Page:
    chosen = select(Opportunity)
    if find.channel is not None:
        chosen = chosen.where(Opportunity.channel == find.channel)
    return newest_first(session, chosen, Opportunity.id, limit=find.limit, cursor=find.cursor)


def find_introductions(session: Session, find: FindIntroductions, *, actor: Actor, all_of_them: bool) -> Page:
    """Without `all_of_them` those of the actor's organisations."""
    chosen = select(Introduction).where(Introduction.opportunity_id == find.opportunity_id)
    if not all_of_them:
        chosen = chosen.where(Introduction.organisation_id.in_(actor.orgs))
    return by_id(session, chosen, Introduction.id, limit=find.limit, cursor=find.cursor)
