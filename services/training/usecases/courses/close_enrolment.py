"""Confirm a course when its enrolment closes, or ask staff to confirm or cancel it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.events import emit
from services.training.contract import courses as contract
from services.training.contract.vocabulary import CourseStatus
from services.training.domain.courses.lifecycle import CourseAction, course_after
from services.training.domain.rules import TrainingRules
from services.training.events import courses as events
from services.training.models.courses import Course
from services.training.queries.courses.catalogue import course_answer
from services.training.queries.courses.dates import dates_of
from services.training.usecases.courses import audit, locking
from services.training.usecases.courses.access import CENTRE


def close_enrolment(session: Session, *, rules: TrainingRules, now: datetime) -> bool:
    """Close the enrolment of one course. Source: DOMAIN, Enrolment (below 50 % staff are asked to confirm or cancel).

    Return whether there may be more.
    """
    due = select(Course.id).where(Course.status == CourseStatus.PUBLISHED, Course.enrol_until <= now)
    course_id = session.scalars(due.order_by(Course.enrol_until).limit(1)).one_or_none()
    if course_id is None:
        return False
    course = locking.lock_course(session, course_id)
    if course.status != CourseStatus.PUBLISHED:
        return True  # somebody has decided in the meantime
    enough = course.taken >= rules.courses.fewest(course.capacity)
    action = CourseAction.FILL if enough else CourseAction.FALL_SHORT
    before = audit.snapshot(course)
    course.became(course_after(course.status, action))
    session.flush()
    audit.record(session, course, action, before=before, actor=CENTRE, now=now)
    if not enough:
        starts = dates_of(session, course.id).starts
        emit(session, events.of_course(events.COURSE_UNDERSUBSCRIBED, course, starts, rules), now=now)
    return True


def confirm_course(call: Call[TrainingRules], command: contract.ConfirmCourse) -> contract.Course:
    """Hold an undersubscribed course. Raises Forbidden, NotFound, IllegalTransition for a course in another state."""
    roles.require_staff(call.actor)
    course = locking.lock_course(call.session, command.course_id)
    before = audit.snapshot(course)
    course.became(course_after(course.status, CourseAction.CONFIRM))
    call.session.flush()
    audit.record(call.session, course, CourseAction.CONFIRM, before=before, actor=call.actor, now=call.now)
    return course_answer(call, course)
