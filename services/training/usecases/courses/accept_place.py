"""Take a place that is held for one."""

from __future__ import annotations

from datetime import datetime

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import Refused
from services.chassis.events import emit
from services.training.contract import enrolments as contract
from services.training.contract.vocabulary import EndReason, EnrolmentStatus
from services.training.domain.courses import refusals
from services.training.domain.courses.lifecycle import EnrolmentAction, enrolment_after
from services.training.domain.rules import TrainingRules
from services.training.events import enrolments as events
from services.training.models.courses import Enrolment
from services.training.queries.courses.dates import dates_of
from services.training.queries.courses.enrolments import enrolment_answer
from services.training.usecases.courses import access, audit, locking


def accept_place(call: Call[TrainingRules], command: contract.AcceptPlace) -> contract.Enrolment:
    """Raises Forbidden, NotFound, Refused when the time for it is over, IllegalTransition."""
    roles.require_person(call.actor)
    course, enrolment = locking.lock_enrolment(call.session, command.enrolment_id)
    access.require_own(call.actor, enrolment)
    if until := _over_since(enrolment, call.now):
        raise Refused([refusals.offer_expired(until.astimezone(call.profile.centre.zone))])
    before = audit.snapshot(enrolment)
    enrolment.became(enrolment_after(enrolment.status, EnrolmentAction.ACCEPT), at=call.now)
    call.session.flush()
    audit.record(call.session, enrolment, EnrolmentAction.ACCEPT, before=before, actor=call.actor, now=call.now)
    starts = dates_of(call.session, course.id).starts
    fact = events.of_enrolment(events.ENROLMENT_CONFIRMED, enrolment, course, call.profile, starts=starts)
    emit(call.session, fact, now=call.now)
    return enrolment_answer(call, enrolment)


def _over_since(enrolment: Enrolment, now: datetime) -> datetime | None:
    """Return when the offer ended, if it did, even if the timer has not run since."""
    if enrolment.status == EnrolmentStatus.OFFERED and enrolment.offer_until and enrolment.offer_until <= now:
        return enrolment.offer_until
    expired = enrolment.status == EnrolmentStatus.LAPSED and enrolment.reason_code == EndReason.OFFER_EXPIRED
    return enrolment.changed_at if expired else None
