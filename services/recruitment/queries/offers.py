"""Offers, the waiting list and free units."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.contract import Page
from services.chassis.entrypoints import Call
from services.recruitment.contract import tenancies as contract
from services.recruitment.domain.offers import OPEN, FreeUnit, Waiting
from services.recruitment.domain.ranked import Ranking
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import LIVE
from services.recruitment.models import Application, Offer, Submission, Tenancy
from services.recruitment.models import Call as PublicCall
from services.recruitment.queries.paging import newest_first
from services.recruitment.queries.tenancies import tenancies_by_offer
from services.recruitment.queries.units import unit_name


def waiting_for(session: Session, call: PublicCall, ranking: Ranking) -> list[Waiting]:
    """Return those who passed, still take part and were not offered a unit yet, in the order of their rank."""
    offered = set(session.scalars(select(Offer.application_id).where(Offer.call_id == call.id)))
    submitted = (
        select(Application, Submission)
        .join(Submission, Submission.receipt_number == Application.receipt_number)
        .where(Application.call_id == call.id, Application.withdrawn_at.is_(None), Application.purged_at.is_(None))
    )
    submissions = {application.id: submission for application, submission in session.execute(submitted)}
    return [
        Waiting(line.application_id, line.kind, submissions[line.application_id].content.get("preferences") or ())
        for line in ranking.lines
        if line.passed and line.application_id in submissions and line.application_id not in offered
    ]


def free_units(session: Session, call: PublicCall) -> list[FreeUnit]:
    """Return the units of a call without a tenancy and without an open offer, in the order of their ids."""
    taken = set(session.scalars(select(Tenancy.unit_id).where(Tenancy.status.in_(LIVE))))
    taken |= set(session.scalars(select(Offer.unit_id).where(Offer.status.in_(OPEN))))
    return [FreeUnit(each.unit_id, each.kind) for each in call.offered if each.unit_id not in taken]


def offers_of(session: Session, call_id: str) -> dict[str, Offer]:
    """Return the offers of a call by application."""
    return {each.application_id: each for each in session.scalars(select(Offer).where(Offer.call_id == call_id))}


def list_offers(call: Call[RecruitmentRules], request: contract.ListOffers) -> Page[contract.Offer]:
    """Return all offers to readers, unless they ask for their own; to others their own. Raises Forbidden."""
    roles.require_person(call.actor)
    chosen = select(Offer)
    if request.own or not roles.reads_all(call.actor):
        chosen = chosen.where(or_(Offer.person_id == call.actor.id, Offer.organisation_id.in_(call.actor.orgs)))
    if request.call_id is not None:
        chosen = chosen.where(Offer.call_id == request.call_id)
    if request.status is not None:
        chosen = chosen.where(Offer.status == request.status)
    rows, next_cursor = newest_first(call.session, chosen, Offer.id, request)
    return Page(items=offer_answers(call, rows), next_cursor=next_cursor)


# --- answers


def offer_answer(call: Call[RecruitmentRules], row: Offer) -> contract.Offer:
    return offer_answers(call, [row])[0]


def offer_answers(call: Call[RecruitmentRules], rows: Sequence[Offer]) -> list[contract.Offer]:
    tenancies = tenancies_by_offer(call.session, [row.id for row in rows])
    zone = call.profile.centre.zone
    return [
        contract.Offer.of(row, zone, unit_name=unit_name(call, row.unit_id), tenancy_id=tenancies.get(row.id))
        for row in rows
    ]
