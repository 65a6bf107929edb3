"""Staff cancel a course: its sessions give their rooms back, everybody in it is told and gets the fee back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.events import emit_all
from services.training.domain.courses.lifecycle import (
    LIVE,
    CourseAction,
    SessionAction,
    course_after,
    session_may,
)
from services.training.domain.courses.reasons import Cancelled, Ended
from services.training.domain.rules import TrainingRules
from services.training.events import enrolments as events
from services.training.models.courses import Course
from services.training.queries.courses.dates import dates_of
from services.training.queries.courses.people import enrolments_in
from services.training.schemas.courses.commands import CancelCourse
from services.training.usecases.courses import audit, cancelling, locking, places, refunding


def cancel_course(
    session: Session, command: CancelCourse, *, actor: Actor, rules: TrainingRules, now: datetime
) -> Course:
    """Raises Forbidden, NotFound, IllegalTransition. What was held of it stays held."""
    roles.require_staff(actor)
    course = locking.lock_course(session, command.course_id)
    before = audit.snapshot(course)
    course.became(course_after(course.status, CourseAction.CANCEL))
    session.flush()
    audit.record(session, course, CourseAction.CANCEL, before=before, actor=actor, now=now)

    starts = dates_of(session, course.id).starts
    told = []
    for enrolment in enrolments_in(session, course.id, *LIVE):
        refund = refunding.for_cancelled_course(session, enrolment, now=now)
        places.give_up(session, course, enrolment, Ended.COURSE_CANCELLED, actor=actor, now=now)
        told.append(
            events.of_enrolment(events.ENROLMENT_CANCELLED, enrolment, course, rules, starts=starts, refund=refund)
        )
    emit_all(session, told, now=now)
    for each in locking.lock_sessions_of(session, course):
        if each.ends_at > now and session_may(each.status, SessionAction.CANCEL):
            reason = Cancelled.COURSE_CANCELLED
            cancelling.cancel(session, course, each, reason, actor=actor, rules=rules, now=now, note=command.note)
    return course
