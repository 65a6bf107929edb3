"""Staff complete a course when its last session is over: certificates are given, and why to whom not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.training.domain.courses.lifecycle import (
    TAKING_PLACE,
    CourseAction,
    EnrolmentStatus,
    SessionStatus,
    course_after,
)
from services.training.domain.courses.reasons import Ended
from services.training.domain.rules import TrainingRules
from services.training.events import enrolments as events
from services.training.models.courses import Course, CourseSession
from services.training.queries.courses.people import enrolments_in
from services.training.schemas.courses.commands import CourseId
from services.training.usecases.courses import audit, certifying, locking, places


@dataclass(frozen=True)
class Completed:
    course: Course
    certified: certifying.Certified


def complete_course(
    session: Session, command: CourseId, *, actor: Actor, rules: TrainingRules, now: datetime
) -> Completed:
    """Who still waited hears that it is over. Raises Forbidden, NotFound, IllegalTransition for one with a session
    still to come.
    """
    roles.require_staff(actor)
    course = locking.lock_course(session, command.course_id)
    status = course_after(course.status, CourseAction.COMPLETE)
    _require_over(course, locking.lock_sessions_of(session, course), now)

    before = audit.snapshot(course)
    for enrolment in enrolments_in(session, course.id, EnrolmentStatus.OFFERED, EnrolmentStatus.WAITING):
        places.give_up(session, course, enrolment, Ended.COURSE_OVER, actor=actor, now=now)
        emit(session, events.of_enrolment(events.ENROLMENT_CANCELLED, enrolment, course, rules, starts=None), now=now)
    course.became(status)
    session.flush()
    audit.record(session, course, CourseAction.COMPLETE, before=before, actor=actor, now=now)
    return Completed(course, certifying.certify(session, course, rules=rules, now=now))


def _require_over(course: Course, sessions: Sequence[CourseSession], now: datetime) -> None:
    to_come = [each for each in sessions if each.status in TAKING_PLACE and each.ends_at > now]
    awaiting = [each for each in sessions if each.status == SessionStatus.AWAITING_ROOM]
    if to_come or awaiting:
        raise IllegalTransition(
            _("A session is still to come. Complete the course after it, or cancel the session."),
            state=course.status,
            wanted=CourseAction.COMPLETE,
        )
