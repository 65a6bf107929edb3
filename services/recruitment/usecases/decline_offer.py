"""An applicant declines the unit that they were offered, also after accepting it, until they sign."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.recruitment.domain.offers import OfferAction
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.events import offers as events
from services.recruitment.models import Offer
from services.recruitment.schemas.offers import OfferId
from services.recruitment.usecases.deciding_offers import give_up, lock_offer, require_in_time, require_own
from services.recruitment.usecases.offering import offer_free_units


def decline_offer(session: Session, command: OfferId, *, actor: Actor, rules: RecruitmentRules, now: datetime) -> Offer:
    """The next in rank is offered the unit. Raises NotFound, IllegalTransition, Refused: `offer_expired`."""
    call, offer = lock_offer(session, command.offer_id)
    require_own(actor, offer)
    require_in_time(offer, rules, now)
    give_up(session, call, offer, OfferAction.DECLINE, events.OFFER_DECLINED, actor=actor, rules=rules, now=now)
    offer_free_units(session, call, rules=rules, now=now)
    return offer
