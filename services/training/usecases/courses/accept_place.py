"""Somebody takes the place that is held for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import Refused
from services.chassis.events import emit
from services.training.domain.courses import refusals
from services.training.domain.courses.lifecycle import EnrolmentAction, EnrolmentStatus, enrolment_after
from services.training.domain.courses.reasons import Ended
from services.training.domain.rules import TrainingRules
from services.training.events import enrolments as events
from services.training.models.courses import Enrolment
from services.training.queries.courses.dates import dates_of
from services.training.schemas.courses.commands import EnrolmentId
from services.training.usecases.courses import access, audit, locking


def accept_place(
    session: Session, command: EnrolmentId, *, actor: Actor, rules: TrainingRules, now: datetime
) -> Enrolment:
    """Raises Forbidden, NotFound, Refused when the time for it is over, IllegalTransition."""
    roles.require_person(actor)
    course, enrolment = locking.lock_enrolment(session, command.enrolment_id)
    access.require_own(actor, enrolment)
    if until := _over_since(enrolment, now):
        raise Refused([refusals.offer_expired(until.astimezone(rules.centre.zone))])
    before = audit.snapshot(enrolment)
    enrolment.became(enrolment_after(enrolment.status, EnrolmentAction.ACCEPT), at=now)
    session.flush()
    audit.record(session, enrolment, EnrolmentAction.ACCEPT, before=before, actor=actor, now=now)
    starts = dates_of(session, course.id).starts
    told = events.of_enrolment(events.ENROLMENT_CONFIRMED, enrolment, course, rules, starts=starts)
    emit(session, told, now=now)
    return enrolment


def _over_since(enrolment: Enrolment, now: datetime) -> datetime | None:
    """When the offer ended, if it did; the clock need not have been looked at since."""
    if enrolment.status == EnrolmentStatus.OFFERED and enrolment.offer_until and enrolment.offer_until <= now:
        return enrolment.offer_until
    expired = enrolment.status == EnrolmentStatus.LAPSED and enrolment.reason_code == Ended.OFFER_EXPIRED
    return enrolment.changed_at if expired else None
