"""Offers, the waiting list, and which units are free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.recruitment.domain.offers import OPEN, FreeUnit, Waiting
from services.recruitment.domain.ranked import Ranking
from services.recruitment.domain.tenancies import LIVE
from services.recruitment.models import Application, Call, Offer, OfferedUnit, Recall, Submission, Tenancy, Unit
from services.recruitment.schemas.offers import FindOffers


@dataclass(frozen=True)
class Occupied:
    """Who has a unit, who is offered it, and for which calls it was left over."""

    unit: Unit
    tenancy: Tenancy | None
    offer: Offer | None
    recalls: Sequence[Recall]


def waiting_for(session: Session, call: Call, ranking: Ranking) -> list[Waiting]:
    """Those who passed, in the order of their rank, take part still and were not offered a unit yet."""
    offered = set(session.scalars(select(Offer.application_id).where(Offer.call_id == call.id)))
    submitted = (
        select(Application, Submission)
        .join(Submission, Submission.receipt_number == Application.receipt_number)
        .where(Application.call_id == call.id, Application.withdrawn_at.is_(None), Application.purged_at.is_(None))
    )
    there = {application.id: submission for application, submission in session.execute(submitted)}
    return [
        Waiting(line.application_id, line.kind, there[line.application_id].content.get("preferences") or ())
        for line in ranking.lines
        if line.passed and line.application_id in there and line.application_id not in offered
    ]


def free_units(session: Session, call: Call) -> list[FreeUnit]:
    """Of the call, in the order of their ids: nobody lives there, and nobody is offered it."""
    taken = set(session.scalars(select(Tenancy.unit_id).where(Tenancy.status.in_(LIVE))))
    taken |= set(session.scalars(select(Offer.unit_id).where(Offer.status.in_(OPEN))))
    return [FreeUnit(each.unit_id, each.kind) for each in call.offered if each.unit_id not in taken]


def offer(session: Session, offer_id: str) -> Offer | None:
    return session.get(Offer, offer_id)


def offers_of(session: Session, call_id: str) -> dict[str, Offer]:
    """By application."""
    return {each.application_id: each for each in session.scalars(select(Offer).where(Offer.call_id == call_id))}


def find_offers(session: Session, find: FindOffers, *, actor: Actor, all_of_them: bool) -> Sequence[Offer]:
    """Newest first, one more than the limit when there are more."""
    chosen = select(Offer).order_by(Offer.id.desc()).limit(find.limit + 1)
    if not all_of_them or find.own:
        chosen = chosen.where(or_(Offer.person_id == actor.id, Offer.organisation_id.in_(actor.orgs)))
    if find.call_id is not None:
        chosen = chosen.where(Offer.call_id == find.call_id)
    if find.status is not None:
        chosen = chosen.where(Offer.status == find.status)
    if find.cursor is not None:
        chosen = chosen.where(Offer.id < find.cursor)
    return session.scalars(chosen).all()


def occupancy(session: Session) -> list[Occupied]:
    """Of every unit, in four queries."""
    living = {each.unit_id: each for each in session.scalars(select(Tenancy).where(Tenancy.status.in_(LIVE)))}
    offered = {each.unit_id: each for each in session.scalars(select(Offer).where(Offer.status.in_(OPEN)))}
    left: dict[str, list[Recall]] = {}
    for recall in session.scalars(_still_left().order_by(Recall.proposed_at)):
        left.setdefault(recall.unit_id, []).append(recall)
    return [
        Occupied(unit, living.get(unit.id), offered.get(unit.id), left.get(unit.id, ()))
        for unit in session.scalars(select(Unit))
    ]


def _still_left() -> Select[Recall]:
    """What no call has offered since it was left over."""
    again = (
        select(Call.id)
        .join(OfferedUnit, OfferedUnit.call_id == Call.id)
        .where(OfferedUnit.unit_id == Recall.unit_id, Call.published_at >= Recall.proposed_at)
    )
    return select(Recall).where(~again.exists())
