"""Free places and pass them on in the order of the waiting list. The course is locked.

Invariant: nobody waits while there is a free place, as long as the course is not over.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.events import emit_all
from services.training.contract.vocabulary import EndReason, EnrolmentStatus
from services.training.domain.courses.lifecycle import OPEN_COURSES, SEATED, EnrolmentAction, enrolment_after
from services.training.domain.rules import TrainingRules
from services.training.events import enrolments as events
from services.training.models.courses import Course, Enrolment
from services.training.queries.courses.dates import dates_of
from services.training.queries.courses.people import first_waiting
from services.training.usecases.courses import audit
from services.training.usecases.courses.access import CENTRE


def give_up(
    session: Session, course: Course, enrolment: Enrolment, reason: EndReason, *, actor: Actor, now: datetime
) -> None:
    """The enrolment is over; its place, or its place in line, is free. Raises IllegalTransition."""
    action = EnrolmentAction.LAPSE if reason is EndReason.OFFER_EXPIRED else EnrolmentAction.CANCEL
    status = enrolment_after(enrolment.status, action)
    before = audit.snapshot(enrolment)
    seated = enrolment.status in SEATED
    course.counted(taken=-1 if seated else 0, waiting=0 if seated else -1)
    enrolment.became(status, at=now, reason=reason)
    session.flush()
    audit.record(session, enrolment, action, before=before, actor=actor, now=now)


def pass_on(session: Session, course: Course, *, rules: TrainingRules, now: datetime) -> None:
    """Free places are held for the first of the waiting list, for a while each. Source: DOMAIN, scenario 30."""
    free = course.capacity - course.taken
    if course.status not in OPEN_COURSES or not free or not course.waiting:
        return
    dates = dates_of(session, course.id)
    if dates.ends is not None and dates.ends <= now:
        return
    offered = first_waiting(session, course.id, free)
    for enrolment in offered:
        before = audit.snapshot(enrolment)
        status = enrolment_after(enrolment.status, EnrolmentAction.OFFER)
        enrolment.became(status, at=now, offer_until=now + rules.courses.offer)
        course.counted(taken=1, waiting=-1)
        session.flush()
        audit.record(session, enrolment, EnrolmentAction.OFFER, before=before, actor=CENTRE, now=now)
    facts = [events.of_enrolment(events.PLACE_OFFERED, each, course, rules, starts=dates.starts) for each in offered]
    emit_all(session, facts, now=now)


def end_reason(enrolment: Enrolment, actor: Actor) -> EndReason:
    """Return why an enrolment ends if `actor` ends it."""
    if enrolment.person_id != actor.id:
        return EndReason.BY_STAFF
    return EndReason.OFFER_DECLINED if enrolment.status == EnrolmentStatus.OFFERED else EndReason.WITHDRAWN
