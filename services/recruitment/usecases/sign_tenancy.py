"""An applicant signs the contract of the unit that they accepted."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.db import wake_after_commit
from services.chassis.errors import IllegalTransition, NotFound
from services.recruitment.domain import offers, tenancies
from services.recruitment.domain.offers import OfferAction, OfferStatus
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import TenancyAction, TenancyStatus
from services.recruitment.models import Application, Tenancy
from services.recruitment.schemas.tenancies import TenancyId
from services.recruitment.usecases.deciding_offers import lock_offer, require_in_time
from services.recruitment.usecases.keeping_tenancies import (
    NO_TENANCY,
    lock_tenancy,
    record,
    require_tenant,
    snapshot,
    today,
)


def sign_tenancy(
    session: Session, command: TenancyId, *, actor: Actor, rules: RecruitmentRules, now: datetime
) -> Tenancy:
    """The unit is theirs. Whoever signs after the day of moving in starts on the day on which they sign.

    Raises NotFound, IllegalTransition, Refused: `offer_expired`.
    """
    offer_id = session.scalar(select(Tenancy.offer_id).where(Tenancy.id == command.tenancy_id))
    if offer_id is None:
        raise NotFound(NO_TENANCY)
    _call, offer = lock_offer(session, offer_id)
    tenancy = lock_tenancy(session, command.tenancy_id)
    require_tenant(actor, tenancy)
    require_in_time(offer, rules, now)
    signed = tenancies.after(TenancyStatus(tenancy.status), TenancyAction.SIGN)
    application = session.get_one(Application, tenancy.application_id, populate_existing=True)
    if application.withdrawn_at is not None:
        raise IllegalTransition(state=application.status, wanted=TenancyAction.SIGN)

    before = snapshot(tenancy)
    offer.decided(offers.after(OfferStatus(offer.status), OfferAction.SIGN), by=actor.id, at=now)
    if today(rules, now) > tenancy.starts_on:
        term = tenancies.term(today(rules, now), rules.tenancy)
        tenancy.starts_on, tenancy.ends_on = term.first, term.last
        tenancy.invoiced_until = term.first - timedelta(days=1)
    tenancy.signed_at, tenancy.signed_by = now, actor.id
    tenancy.became(signed)
    application.selected_at = now
    application.version += 1
    record(session, TenancyAction.SIGN, tenancy, before, actor=actor, now=now)
    wake_after_commit(session, "start_tenancies")
    return tenancy
