"""Plan a session of a course: ask booking for its room by event, and take the time of its instructor."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.call import Call
from services.chassis.errors import IllegalTransition, Invalid, Refused
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.chassis.period import Period
from services.training.contract import courses as contract
from services.training.contract.courses import Instructor
from services.training.contract.vocabulary import CourseStatus, SessionStatus
from services.training.domain.courses import refusals
from services.training.domain.courses.lifecycle import OPEN_COURSES, SessionAction, session_after
from services.training.domain.rules import TrainingRules
from services.training.events import courses as events
from services.training.models.courses import Course, CourseSession
from services.training.queries.courses.catalogue import session_answer
from services.training.queries.courses.dates import elsewhere
from services.training.usecases.courses import audit, locking, refunding


def plan_session(call: Call[TrainingRules], command: contract.PlanSession) -> contract.Session:
    """It awaits its room until booking answers. Raises Forbidden, NotFound, Invalid for a time that is over,
    IllegalTransition for a course that is over, Refused when the instructor teaches elsewhere.
    """
    roles.require_staff(call.actor)
    course = locking.lock_course(call.session, command.course_id)
    _require_running(course)
    period = _to_come(command.start, command.end, call.profile, call.now)
    _require_free(call.session, command.instructor, period)

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
    planned.planned(status=SessionStatus.AWAITING_ROOM, answer_by=call.now + call.profile.courses.room_answer)
    call.session.add(planned)
    call.session.flush()
    audit.record(call.session, planned, "plan", actor=call.actor, now=call.now)
    emit(call.session, events.of_session(events.SESSION_PLANNED, planned, course, call.profile), now=call.now)
    return session_answer(call, planned)


def plan_session_again(call: Call[TrainingRules], command: contract.PlanSessionAgain) -> contract.Session:
    """Give a session another room or date if its room was refused, or its one new date if it was cancelled. Without a
    space or an instructor it keeps its own.

    Raises as plan_session does; IllegalTransition too for a session that has its date, or has had its new one.
    """
    roles.require_staff(call.actor)
    course, planned = locking.lock_session(call.session, command.session_id)
    _require_running(course)
    status = session_after(planned.status, SessionAction.PLAN_AGAIN)
    was_cancelled = planned.status == SessionStatus.CANCELLED
    if was_cancelled and planned.redated:
        raise IllegalTransition(_("This session has had its new date already."), state=planned.status)
    period = _to_come(command.start, command.end, call.profile, call.now)
    instructor = command.instructor or Instructor(id=planned.instructor_id, name=planned.instructor_name)
    _require_free(call.session, instructor, period, apart_from=planned.id)

    before = audit.snapshot(planned)
    if command.space_id is not None and command.space_id != planned.space_id:
        planned.space_id, planned.space_names = command.space_id, {}
    planned.starts_at, planned.ends_at = period.start, period.end
    planned.instructor_id, planned.instructor_name = instructor.id, instructor.name
    planned.redated = planned.redated or was_cancelled
    planned.planned(status=status, answer_by=call.now + call.profile.courses.room_answer)
    call.session.flush()
    refunding.withdraw_for(call.session, planned, now=call.now)
    audit.record(call.session, planned, SessionAction.PLAN_AGAIN, before=before, actor=call.actor, now=call.now)
    emit(call.session, events.of_session(events.SESSION_PLANNED, planned, course, call.profile), now=call.now)
    return session_answer(call, planned)


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
