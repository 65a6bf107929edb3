"""Staff publish a course: from here on it is to be seen, and in its window people enrol."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import Refused
from services.chassis.events import emit
from services.training.domain.courses import gates
from services.training.domain.courses.lifecycle import CourseAction, SessionStatus, course_after
from services.training.domain.rules import TrainingRules
from services.training.events import courses as events
from services.training.models.courses import Course, CourseSession
from services.training.queries.courses.dates import dates_of
from services.training.schemas.courses.commands import CourseId
from services.training.usecases.courses import audit, inviting, locking


def publish_course(session: Session, command: CourseId, *, actor: Actor, rules: TrainingRules, now: datetime) -> Course:
    """Raises Forbidden, NotFound, IllegalTransition, Refused for a course without sessions or with one that has no
    room. Sessions may still await their rooms.
    """
    roles.require_staff(actor)
    course = locking.lock_course(session, command.course_id)
    status = course_after(course.status, CourseAction.PUBLISH)
    if found := gates.unpublishable(_seen(locking.lock_sessions_of(session, course), rules)):
        raise Refused(found)

    before = audit.snapshot(course)
    course.became(status)
    course.published_at = now
    session.flush()
    audit.record(session, course, CourseAction.PUBLISH, before=before, actor=actor, now=now)
    starts = dates_of(session, course.id).starts
    emit(session, events.of_course(events.COURSE_PUBLISHED, course, starts, rules), now=now)
    if course.induction:
        inviting.invite_all(session, course, rules=rules, now=now)
    return course


def _seen(sessions: Sequence[CourseSession], rules: TrainingRules) -> list[gates.PlannedSession]:
    zone = rules.centre.zone
    return [
        gates.PlannedSession(SessionStatus(each.status), each.starts_at.astimezone(zone), each.refusals)
        for each in sessions
    ]
