"""Read a course, its enrolments and the attendance of a session, as far as the reader may."""

from __future__ import annotations

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.contract import Page
from services.chassis.errors import NotFound
from services.training.contract import courses as contract
from services.training.contract import enrolments
from services.training.domain.rules import TrainingRules
from services.training.models.courses import Course
from services.training.queries.courses import catalogue
from services.training.queries.courses.attendance import session_attendance
from services.training.queries.courses.enrolments import enrolments_page
from services.training.usecases.courses import access


def get_course(call: Call[TrainingRules], request: contract.GetCourse) -> contract.Course:
    """Raises NotFound."""
    return catalogue.course_answer(call, _visible(call, request.course_id))


def list_enrolments(call: Call[TrainingRules], request: enrolments.ListEnrolments) -> Page[enrolments.Enrolment]:
    """Raises Forbidden, NotFound."""
    roles.require_person(call.actor)
    if request.course_id is not None:
        _require_teacher(call, request.course_id)
    return enrolments_page(call, request, call.actor.id)


def get_attendance(call: Call[TrainingRules], request: contract.GetAttendance) -> contract.SessionAttendance:
    """Raises Forbidden, NotFound."""
    held = catalogue.session_of(call.session, request.session_id)
    if held is None:
        raise NotFound(access.NO_SESSION)
    _require_teacher(call, held.course_id)
    return session_attendance(call, held)


def _visible(call: Call[TrainingRules], course_id: str) -> Course:
    course = catalogue.course(call.session, course_id)
    if course is None:
        raise NotFound(access.NO_COURSE)
    access.require_visible(call.actor, course, catalogue.sessions_of(call.session, [course.id]).get(course.id, ()))
    return course


def _require_teacher(call: Call[TrainingRules], course_id: str) -> None:
    course = _visible(call, course_id)
    sessions = catalogue.sessions_of(call.session, [course.id]).get(course.id, ())
    access.require_teacher(call.actor, sessions, reading=True)
