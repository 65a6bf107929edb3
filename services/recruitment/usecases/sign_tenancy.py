"""Sign the contract of an accepted unit."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from services.chassis.call import Call
from services.chassis.db import wake_after_commit
from services.chassis.errors import IllegalTransition, NotFound
from services.recruitment.contract import tenancies as contract
from services.recruitment.contract.vocabulary import OfferStatus, TenancyStatus
from services.recruitment.domain import offers, tenancies
from services.recruitment.domain.offers import OfferAction
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import TenancyAction
from services.recruitment.models import Application, Tenancy
from services.recruitment.queries.tenancies import tenancy_answer
from services.recruitment.usecases.deciding_offers import lock_offer, require_in_time
from services.recruitment.usecases.keeping_tenancies import (
    NO_TENANCY,
    lock_tenancy,
    record,
    require_tenant,
    snapshot,
    today,
)


def sign_tenancy(call: Call[RecruitmentRules], command: contract.SignTenancy) -> contract.Tenancy:
    """If the day of moving in is over, the term starts on the day of the signature.

    Raises NotFound, IllegalTransition, Refused: `offer_expired`.
    """
    session, rules, now = call.session, call.profile, call.now
    offer_id = session.scalar(select(Tenancy.offer_id).where(Tenancy.id == command.tenancy_id))
    if offer_id is None:
        raise NotFound(NO_TENANCY)
    _, offer = lock_offer(session, offer_id)
    tenancy = lock_tenancy(session, command.tenancy_id)
    require_tenant(call.actor, tenancy)
    require_in_time(offer, rules, now)
    signed = tenancies.after(TenancyStatus(tenancy.status), TenancyAction.SIGN)
    application = session.get_one(Application, tenancy.application_id, populate_existing=True)
    if application.withdrawn_at is not None:
        raise IllegalTransition(state=application.status, wanted=TenancyAction.SIGN)

    before = snapshot(tenancy)
    offer.decided(offers.after(OfferStatus(offer.status), OfferAction.SIGN), by=call.actor.id, at=now)
    if today(rules, now) > tenancy.starts_on:
        term = tenancies.term(today(rules, now), rules.tenancy)
        tenancy.starts_on, tenancy.ends_on = term.first, term.last
        tenancy.invoiced_until = term.first - timedelta(days=1)
    tenancy.signed_at, tenancy.signed_by = now, call.actor.id
    tenancy.became(signed)
    application.selected_at = now
    application.version += 1
    record(session, TenancyAction.SIGN, tenancy, before, actor=call.actor, now=now)
    wake_after_commit(session, "start_tenancies")
    return tenancy_answer(call, tenancy)
