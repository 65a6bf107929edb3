"""Offer free units to those who wait, by rank. Every use case that frees a unit calls this."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids
from services.chassis.db import insert_once
from services.chassis.events import emit_all
from services.recruitment.contract.vocabulary import OfferStatus
from services.recruitment.domain.offers import FreeUnit, Waiting, allot, expiry
from services.recruitment.domain.ranked import Ranking, from_text
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.events import offers as events
from services.recruitment.models import Application, Call, FrozenRanking, Offer, Recall, Unit
from services.recruitment.queries.offers import free_units, waiting_for


def offer_free_units(session: Session, call: Call, *, rules: RecruitmentRules, now: datetime) -> list[Offer]:
    """Offer the free units of a locked call to those who wait, to each once. Propose a new call for the others.

    Nothing is offered before the results. When the waiting list has lapsed, no free unit is offered.
    """
    if call.results_at is None:
        return []
    lock_units(session, call)
    ranking = ranking_of(session, call)
    waiting = waiting_for(session, call, ranking) if now < call.results_at + rules.offers.waiting_list else []
    allotment = allot(waiting, free_units(session, call))

    offers = [_offer(session, call, ranking, each, unit, rules, now) for each, unit in allotment.offers]
    session.add_all(offers)
    session.flush()
    emit_all(session, [events.of_offer(events.OFFER_MADE, each, call, rules) for each in offers], now=now)
    for unit in allotment.left:
        _propose_recall(session, call, unit.id, rules, now)
    return offers


def lock_units(session: Session, call: Call) -> None:
    units = [each.unit_id for each in call.offered]
    session.execute(select(Unit.id).where(Unit.id.in_(units)).order_by(Unit.id).with_for_update()).all()


def ranking_of(session: Session, call: Call) -> Ranking:
    return from_text(session.get_one(FrozenRanking, call.id).ranking)


def _offer(
    session: Session,
    call: Call,
    ranking: Ranking,
    waiting: Waiting,
    unit: FreeUnit,
    rules: RecruitmentRules,
    now: datetime,
) -> Offer:
    application = session.get_one(Application, waiting.application_id)
    line = ranking.line(application.id)
    assert line is not None
    return Offer(
        id=ids.new_id(),
        call_id=call.id,
        application_id=application.id,
        organisation_id=application.organisation_id,
        organisation_name=application.organisation_name,
        person_id=application.applicant_id,
        unit_id=unit.id,
        kind=unit.kind,
        rank=line.rank,
        status=OfferStatus.OFFERED,
        made_at=now,
        expires_at=expiry(now, rules.offers, rules.centre.zone),
        version=1,
    )


def _propose_recall(session: Session, call: Call, unit_id: str, rules: RecruitmentRules, now: datetime) -> None:
    """Propose a new call, once for each call and unit."""
    if insert_once(session, Recall.__table__, call_id=call.id, unit_id=unit_id, proposed_at=now):
        recall = session.get_one(Recall, (call.id, unit_id))
        emit_all(session, [events.recall_proposed(recall, call, rules)], now=now)
