"""Staff plan a session of a course: its room is asked of booking by event, its instructor is taken from here on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition, Invalid, Refused
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.chassis.period import Period
from services.training.domain.courses import refusals
from services.training.domain.courses.lifecycle import (
    OPEN_COURSES,
    CourseStatus,
    SessionAction,
    SessionStatus,
    session_after,
)
from services.training.domain.rules import TrainingRules
from services.training.events import courses as events
from services.training.models.courses import Course, CourseSession
from services.training.queries.courses.dates import elsewhere
from services.training.schemas.courses.commands import Instructor, PlanAgain, PlanSession
from services.training.usecases.courses import audit, locking, refunding


def plan_session(
    session: Session, command: PlanSession, *, actor: Actor, rules: TrainingRules, now: datetime
) -> CourseSession:
    """It awaits its room until booking answers. Raises Forbidden, NotFound, Invalid for a time that is over,
    IllegalTransition for a course that is over, Refused when the instructor teaches elsewhere.
    """
    roles.require_staff(actor)
    course = locking.lock_course(session, command.course_id)
    _require_running(course)
    period = _to_come(command.start, command.end, rules, now)
    _require_free(session, command.instructor, period)

    planned = CourseSession(
        id=ids.new_id(),
        course_id=course.id,
        space_id=command.space_id,
        space_names={},
        starts_at=period.start,
        ends_at=period.end,
        instructor_id=command.instructor.id,
        instructor_name=command.instructor.name,
        redated=False,
        version=0,
    )
    planned.planned(status=SessionStatus.AWAITING_ROOM, answer_by=now + rules.courses.room_answer)
    session.add(planned)
    session.flush()
    audit.record(session, planned, "plan", actor=actor, now=now)
    emit(session, events.of_session(events.SESSION_PLANNED, planned, course, rules), now=now)
    return planned


def plan_session_again(
    session: Session, command: PlanAgain, *, actor: Actor, rules: TrainingRules, now: datetime
) -> CourseSession:
    """One whose room was refused gets another room or date, one that was cancelled its one new date.

    Raises as plan_session does; IllegalTransition too for a session that has its date, or has had its new one.
    """
    roles.require_staff(actor)
    course, planned = locking.lock_session(session, command.session_id)
    _require_running(course)
    status = session_after(planned.status, SessionAction.PLAN_AGAIN)
    was_cancelled = planned.status == SessionStatus.CANCELLED
    if was_cancelled and planned.redated:
        raise IllegalTransition(_("This session has had its new date already."), state=planned.status)
    period = _to_come(command.start, command.end, rules, now)
    instructor = command.instructor or Instructor(planned.instructor_id, planned.instructor_name)
    _require_free(session, instructor, period, apart_from=planned.id)

    before = audit.snapshot(planned)
    if command.space_id is not None and command.space_id != planned.space_id:
        planned.space_id, planned.space_names = command.space_id, {}
    planned.starts_at, planned.ends_at = period.start, period.end
    planned.instructor_id, planned.instructor_name = instructor.id, instructor.name
    planned.redated = planned.redated or was_cancelled
    planned.planned(status=status, answer_by=now + rules.courses.room_answer)
    session.flush()
    refunding.withdraw_for(session, planned, now=now)
    audit.record(session, planned, SessionAction.PLAN_AGAIN, before=before, actor=actor, now=now)
    emit(session, events.of_session(events.SESSION_PLANNED, planned, course, rules), now=now)
    return planned


def _require_running(course: Course) -> None:
    if course.status not in OPEN_COURSES | {CourseStatus.DRAFT}:
        raise IllegalTransition(_("This course is over: it takes no sessions."), state=course.status)


def _to_come(start: datetime, end: datetime, rules: TrainingRules, now: datetime) -> Period:
    if start <= now:
        raise Invalid(errors={"start": [_("This time is over.")]})
    return Period(start, end, rules.centre.zone)


def _require_free(session: Session, instructor: Instructor, period: Period, *, apart_from: str = "") -> None:
    """Locks the instructor's time. Raises Refused."""
    locking.lock_instructor(session, instructor.id)
    if taken := elsewhere(session, instructor.id, period, apart_from=apart_from):
        raise Refused([refusals.instructor_busy(instructor.name, taken)])
