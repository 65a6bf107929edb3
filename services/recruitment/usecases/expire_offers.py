"""Free units without a decision: the offer expired, the application was withdrawn, the tenant moved out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.recruitment.contract.vocabulary import OfferStatus
from services.recruitment.domain.offers import OPEN, OfferAction
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.events import offers as events
from services.recruitment.models import Call, Offer, OfferedUnit
from services.recruitment.usecases.access import CENTRE
from services.recruitment.usecases.deciding_offers import give_up, lock_offer
from services.recruitment.usecases.locking import lock_call
from services.recruitment.usecases.offering import lock_units, offer_free_units


def expire_offers(session: Session, *, rules: RecruitmentRules, now: datetime) -> bool:
    """Expire the offers of one call together, so that those who wait choose among all units that become free.

    Return whether there may be more.
    """
    due = (Offer.status.in_(OPEN), Offer.expires_at <= now)
    call_id = session.scalar(select(Offer.call_id).where(*due).order_by(Offer.expires_at, Offer.call_id).limit(1))
    if call_id is None:
        return False
    call = lock_call(session, call_id)
    lock_units(session, call)
    expired = select(Offer).where(*due, Offer.call_id == call.id).order_by(Offer.rank, Offer.id)
    for offer in session.scalars(expired.with_for_update()).all():
        give_up(session, call, offer, OfferAction.EXPIRE, events.OFFER_EXPIRED, actor=CENTRE, rules=rules, now=now)
    offer_free_units(session, call, rules=rules, now=now)
    return True


def release_withdrawn(session: Session, application_id: str, *, rules: RecruitmentRules, now: datetime) -> None:
    """Free the unit that a withdrawn application was offered, unless the contract is signed: that needs a notice."""
    offer_id = session.scalar(select(Offer.id).where(Offer.application_id == application_id))
    if offer_id is None:
        return
    call, offer = lock_offer(session, offer_id)
    if OfferStatus(offer.status) in OPEN:
        give_up(session, call, offer, OfferAction.WITHDRAW, None, actor=CENTRE, rules=rules, now=now)
        offer_free_units(session, call, rules=rules, now=now)


def offer_vacated_unit(session: Session, unit_id: str, *, rules: RecruitmentRules, now: datetime) -> None:
    """Offer a vacated unit to those who wait since the last call for it, or ask staff to call for it again."""
    last = select(Call.id).join(OfferedUnit, OfferedUnit.call_id == Call.id).where(OfferedUnit.unit_id == unit_id)
    call_id = session.scalar(last.where(Call.results_at.is_not(None)).order_by(Call.results_at.desc()).limit(1))
    if call_id is not None:
        offer_free_units(session, lock_call(session, call_id), rules=rules, now=now)
