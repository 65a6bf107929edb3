"""Steps that the decisions about an offer share: locks, checks, and giving the unit back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.errors import NotFound, Refused
from services.chassis.events import EventType, emit
from services.chassis.i18n import msgid as _
from services.recruitment.contract.vocabulary import OfferStatus, TenancyStatus
from services.recruitment.domain import tenancies, tenure_refusals
from services.recruitment.domain.offers import OfferAction, after
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import TenancyAction
from services.recruitment.events import offers as events
from services.recruitment.models import Call, Offer, Tenancy
from services.recruitment.usecases import audit
from services.recruitment.usecases.locking import lock_call
from services.recruitment.usecases.offering import lock_units

NO_OFFER = _("There is no such offer.")


def lock_offer(session: Session, offer_id: str) -> tuple[Call, Offer]:
    """Lock the call, then its units, then the offer. Raises NotFound."""
    call_id = session.scalar(select(Offer.call_id).where(Offer.id == offer_id))
    if call_id is None:
        raise NotFound(NO_OFFER)
    call = lock_call(session, call_id)
    lock_units(session, call)
    offer = session.get_one(Offer, offer_id, with_for_update=True, populate_existing=True)
    return call, offer


def is_own(actor: Actor, offer: Offer) -> bool:
    """Is the actor the applicant or a member of the organisation?"""
    return not actor.is_anonymous and (offer.person_id == actor.id or offer.organisation_id in actor.orgs)


def require_own(actor: Actor, offer: Offer) -> None:
    """Raises NotFound."""
    if not is_own(actor, offer):
        raise NotFound(NO_OFFER)


def require_in_time(offer: Offer, rules: RecruitmentRules, now: datetime) -> None:
    """Raises Refused: `offer_expired`."""
    if offer.status == OfferStatus.EXPIRED or now >= offer.expires_at:
        raise Refused([tenure_refusals.offer_expired(offer.expires_at.astimezone(rules.centre.zone))])


def give_up(
    session: Session,
    call: Call,
    offer: Offer,
    action: OfferAction,
    kind: EventType | None,
    *,
    actor: Actor,
    rules: RecruitmentRules,
    now: datetime,
) -> None:
    """Free the unit; a contract that was not signed lapses. The caller offers the unit again in the same transaction
    (offering.py). Raises IllegalTransition.
    """
    before = offer.status
    offer.decided(after(OfferStatus(offer.status), action), by=actor.id, at=now)
    tenancy = session.scalar(select(Tenancy).where(Tenancy.offer_id == offer.id))
    if tenancy is not None:
        tenancy.became(tenancies.after(TenancyStatus(tenancy.status), TenancyAction.LAPSE))
    session.flush()  # the unit has to be free before it is offered again
    if kind is not None:
        emit(session, events.of_offer(kind, offer, call, rules), now=now)
    record(session, action, offer, before=before, actor=actor, now=now)


def record(session: Session, action: OfferAction, offer: Offer, *, before: str, actor: Actor, now: datetime) -> None:
    audit.record(
        session,
        action,
        subject_id=offer.id,
        call_id=offer.call_id,
        before={"status": before},
        after={"status": offer.status, "unit_id": offer.unit_id},
        actor=actor,
        now=now,
    )
