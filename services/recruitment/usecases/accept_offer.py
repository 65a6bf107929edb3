"""An applicant accepts the unit that they were offered: its contract waits for their signature."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition, Refused
from services.chassis.events import emit
from services.recruitment.domain import tenancies, tenure_refusals
from services.recruitment.domain.kinds import LegalType
from services.recruitment.domain.offers import OfferAction, OfferStatus, after
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import LIVE, TenancyStatus
from services.recruitment.events import offers as events
from services.recruitment.models import Application, Call, Offer, Tenancy
from services.recruitment.queries.applications import submission
from services.recruitment.schemas.offers import OfferId
from services.recruitment.usecases.deciding_offers import lock_offer, record, require_in_time, require_own


def accept_offer(session: Session, command: OfferId, *, actor: Actor, rules: RecruitmentRules, now: datetime) -> Offer:
    """It still expires when nobody signs in time. Raises NotFound, IllegalTransition, Refused: `offer_expired`,
    `unit_taken`.
    """
    call, offer = lock_offer(session, command.offer_id)
    require_own(actor, offer)
    require_in_time(offer, rules, now)
    accepted = after(OfferStatus(offer.status), OfferAction.ACCEPT)
    application = session.get_one(Application, offer.application_id, populate_existing=True)
    if application.withdrawn_at is not None:
        raise IllegalTransition(state=application.status, wanted=OfferAction.ACCEPT)
    if session.scalar(select(Tenancy.id).where(Tenancy.unit_id == offer.unit_id, Tenancy.status.in_(LIVE))):
        raise Refused([tenure_refusals.unit_taken(offer.unit_id)])

    before = offer.status
    offer.decided(accepted, by=actor.id, at=now)
    session.add(_contract(session, call, offer, application, rules, now))
    record(session, OfferAction.ACCEPT, offer, before=before, actor=actor, now=now)
    emit(session, events.of_offer(events.OFFER_ACCEPTED, offer, call, rules), now=now)
    session.flush()
    return offer


def _contract(
    session: Session, call: Call, offer: Offer, application: Application, rules: RecruitmentRules, now: datetime
) -> Tenancy:
    submitted = submission(session, application)
    assert submitted is not None
    legal_type = LegalType({**submitted.content, **application.facts}["legal_type"])
    unit = rules.unit(offer.unit_id)
    term = tenancies.term(call.move_in_on, rules.tenancy)
    return Tenancy(
        id=ids.new_id(),
        offer_id=offer.id,
        call_id=call.id,
        application_id=application.id,
        organisation_id=offer.organisation_id,
        organisation_name=offer.organisation_name,
        person_id=offer.person_id,
        person_name=application.applicant_name,
        unit_id=unit.id,
        kind=unit.kind,
        legal_type=legal_type,
        contract_number=f"{call.code}-{unit.id}-{offer.rank}",
        status=TenancyStatus.UNSIGNED,
        starts_on=term.first,
        ends_on=term.last,
        extensions=0,
        rent=tenancies.rent(unit.appraised_value, legal_type, rules.tenancy),
        deposit=rules.tenancy.deposit,
        sign_by=offer.expires_at,
        created_at=now,
        invoiced_until=term.first - timedelta(days=1),
        version=1,
    )
