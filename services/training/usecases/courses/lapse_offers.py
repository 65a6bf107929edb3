"""What the clock does with places that are held: nobody answered in time, so they go to the next in line."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.events import emit
from services.training.contract.vocabulary import EndReason, EnrolmentStatus
from services.training.domain.rules import TrainingRules
from services.training.events import enrolments as events
from services.training.models.courses import Enrolment
from services.training.queries.courses.dates import dates_of
from services.training.queries.courses.people import enrolments_in
from services.training.usecases.courses import locking, places
from services.training.usecases.courses.access import CENTRE


def lapse_offers(session: Session, *, rules: TrainingRules, now: datetime) -> bool:
    """Those of one course whose time is over. The skip and its reason are kept. True: there may be more."""
    due = select(Enrolment.course_id).where(Enrolment.status == EnrolmentStatus.OFFERED, Enrolment.offer_until <= now)
    course_id = session.scalars(due.order_by(Enrolment.offer_until).limit(1)).one_or_none()
    if course_id is None:
        return False
    course = locking.lock_course(session, course_id)
    starts = dates_of(session, course.id).starts
    for enrolment in enrolments_in(session, course.id, EnrolmentStatus.OFFERED):
        if enrolment.offer_until is not None and enrolment.offer_until <= now:
            places.give_up(session, course, enrolment, EndReason.OFFER_EXPIRED, actor=CENTRE, now=now)
            emit(session, events.of_enrolment(events.PLACE_LAPSED, enrolment, course, rules, starts=starts), now=now)
    places.pass_on(session, course, rules=rules, now=now)
    return True
