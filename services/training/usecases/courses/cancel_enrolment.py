"""A person gives up a place in a course or its waiting list, or declines one that is held for them; staff do it for
anybody.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.training.domain.courses.lifecycle import OPEN_COURSES, EnrolmentAction, enrolment_after
from services.training.domain.rules import TrainingRules
from services.training.events import enrolments as events
from services.training.models.courses import Enrolment
from services.training.queries.courses.dates import dates_of
from services.training.schemas.courses.commands import EnrolmentId
from services.training.usecases.courses import access, locking, places, refunding


def cancel_enrolment(
    session: Session, command: EnrolmentId, *, actor: Actor, rules: TrainingRules, now: datetime
) -> Enrolment:
    """The place goes to the first in line at once. Raises Forbidden, NotFound, IllegalTransition."""
    roles.require_person(actor)
    course, enrolment = locking.lock_enrolment(session, command.enrolment_id)
    access.require_own(actor, enrolment)
    enrolment_after(enrolment.status, EnrolmentAction.CANCEL)
    if course.status not in OPEN_COURSES:
        raise IllegalTransition(_("This course is over: its places cannot be given up any more."), state=course.status)

    refund = refunding.for_giving_up(session, course, enrolment, rules=rules, now=now)
    places.give_up(session, course, enrolment, places.ended(enrolment, actor), actor=actor, now=now)
    starts = dates_of(session, course.id).starts
    told = events.of_enrolment(events.ENROLMENT_CANCELLED, enrolment, course, rules, starts=starts, refund=refund)
    emit(session, told, now=now)
    places.pass_on(session, course, rules=rules, now=now)
    return enrolment
