"""Publish a course: everybody sees it, and people enrol while its enrolment is open."""

from __future__ import annotations

from collections.abc import Sequence

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import Refused
from services.chassis.events import emit
from services.training.contract import courses as contract
from services.training.contract.vocabulary import SessionStatus
from services.training.domain.courses import gates
from services.training.domain.courses.lifecycle import CourseAction, course_after
from services.training.domain.rules import TrainingRules
from services.training.events import courses as events
from services.training.models.courses import CourseSession
from services.training.queries.courses.catalogue import course_answer
from services.training.queries.courses.dates import dates_of
from services.training.usecases.courses import audit, inviting, locking


def publish_course(call: Call[TrainingRules], command: contract.PublishCourse) -> contract.Course:
    """Raises Forbidden, NotFound, IllegalTransition, Refused for a course without sessions or with one that has no
    room. Sessions may still await their rooms.
    """
    roles.require_staff(call.actor)
    session, now, rules = call.session, call.now, call.profile
    course = locking.lock_course(session, command.course_id)
    status = course_after(course.status, CourseAction.PUBLISH)
    if refusals := gates.unpublishable(_planned(locking.lock_sessions_of(session, course), rules)):
        raise Refused(refusals)

    before = audit.snapshot(course)
    course.became(status)
    course.published_at = now
    session.flush()
    audit.record(session, course, CourseAction.PUBLISH, before=before, actor=call.actor, now=now)
    starts = dates_of(session, course.id).starts
    emit(session, events.of_course(events.COURSE_PUBLISHED, course, starts, rules), now=now)
    if course.induction:
        inviting.invite_all(session, course, rules=rules, now=now)
    return course_answer(call, course)


def _planned(sessions: Sequence[CourseSession], rules: TrainingRules) -> list[gates.PlannedSession]:
    zone = rules.centre.zone
    return [
        gates.PlannedSession(SessionStatus(each.status), each.starts_at.astimezone(zone), each.refusals)
        for each in sessions
    ]
