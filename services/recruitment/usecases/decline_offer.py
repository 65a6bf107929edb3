"""Decline an offered unit, also after accepting it, until the contract is signed."""

from __future__ import annotations

from services.chassis.call import Call
from services.recruitment.contract import tenancies as contract
from services.recruitment.domain.offers import OfferAction
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.events import offers as events
from services.recruitment.queries.offers import offer_answer
from services.recruitment.usecases.deciding_offers import give_up, lock_offer, require_in_time, require_own
from services.recruitment.usecases.offering import offer_free_units


def decline_offer(call: Call[RecruitmentRules], command: contract.DeclineOffer) -> contract.Offer:
    """The next in rank is offered the unit. Raises NotFound, IllegalTransition, Refused: `offer_expired`."""
    public_call, offer = lock_offer(call.session, command.offer_id)
    require_own(call.actor, offer)
    require_in_time(offer, call.profile, call.now)
    give_up(
        call.session,
        public_call,
        offer,
        OfferAction.DECLINE,
        events.OFFER_DECLINED,
        actor=call.actor,
        rules=call.profile,
        now=call.now,
    )
    offer_free_units(call.session, public_call, rules=call.profile, now=call.now)
    return offer_answer(call, offer)
