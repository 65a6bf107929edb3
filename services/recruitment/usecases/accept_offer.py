"""Accept an offered unit. Its contract waits for the signature."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from services.chassis import ids
from services.chassis.call import Call
from services.chassis.errors import IllegalTransition, Refused
from services.chassis.events import emit
from services.recruitment.contract import tenancies as contract
from services.recruitment.contract.vocabulary import LegalType, OfferStatus, TenancyStatus
from services.recruitment.domain import tenancies, tenure_refusals
from services.recruitment.domain.offers import OfferAction, after
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import LIVE
from services.recruitment.events import offers as events
from services.recruitment.models import Application, Offer, Tenancy
from services.recruitment.models import Call as PublicCall
from services.recruitment.queries.applications import submission
from services.recruitment.queries.offers import offer_answer
from services.recruitment.usecases.deciding_offers import lock_offer, record, require_in_time, require_own


def accept_offer(call: Call[RecruitmentRules], command: contract.AcceptOffer) -> contract.Offer:
    """The offer still expires if nobody signs in time.

    Raises NotFound, IllegalTransition, Refused: `offer_expired`, `unit_taken`.
    """
    session, rules = call.session, call.profile
    public_call, offer = lock_offer(session, command.offer_id)
    require_own(call.actor, offer)
    require_in_time(offer, rules, call.now)
    accepted = after(OfferStatus(offer.status), OfferAction.ACCEPT)
    application = session.get_one(Application, offer.application_id, populate_existing=True)
    if application.withdrawn_at is not None:
        raise IllegalTransition(state=application.status, wanted=OfferAction.ACCEPT)
    if session.scalar(select(Tenancy.id).where(Tenancy.unit_id == offer.unit_id, Tenancy.status.in_(LIVE))):
        raise Refused([tenure_refusals.unit_taken(offer.unit_id)])

    before = offer.status
    offer.decided(accepted, by=call.actor.id, at=call.now)
    session.add(_contract(call, public_call, offer, application))
    record(session, OfferAction.ACCEPT, offer, before=before, actor=call.actor, now=call.now)
    emit(session, events.of_offer(events.OFFER_ACCEPTED, offer, public_call, rules), now=call.now)
    session.flush()
    return offer_answer(call, offer)


def _contract(call: Call[RecruitmentRules], public_call: PublicCall, offer: Offer, application: Application) -> Tenancy:
    rules = call.profile
    submitted = submission(call.session, application)
    assert submitted is not None
    legal_type = LegalType({**submitted.content, **application.facts}["legal_type"])
    unit = rules.unit(offer.unit_id)
    term = tenancies.term(public_call.move_in_on, rules.tenancy)
    return Tenancy(
        id=ids.new_id(),
        offer_id=offer.id,
        call_id=public_call.id,
        application_id=application.id,
        organisation_id=offer.organisation_id,
        organisation_name=offer.organisation_name,
        person_id=offer.person_id,
        person_name=application.applicant_name,
        unit_id=unit.id,
        kind=unit.kind,
        legal_type=legal_type,
        contract_number=f"{public_call.code}-{unit.id}-{offer.rank}",
        status=TenancyStatus.UNSIGNED,
        starts_on=term.first,
        ends_on=term.last,
        extensions=0,
        rent=tenancies.rent(unit.appraised_value, legal_type, rules.tenancy),
        deposit=rules.tenancy.deposit,
        sign_by=offer.expires_at,
        created_at=call.now,
        invoiced_until=term.first - timedelta(days=1),
        version=1,
    )
