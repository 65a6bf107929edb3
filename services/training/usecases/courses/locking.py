"""The locks of courses. Always in this order, each kind sorted: courses, sessions, instructors, the certificates' year.

Everything about a course is decided under its row's lock: who has a place, who waits, what becomes of its sessions. So
no two commands wait for each other. (SQLite has one writer anyway.)
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.db import insert
from services.chassis.errors import NotFound
from services.training.models.courses import Course, CourseSession, Enrolment, Instructor
from services.training.usecases.courses.access import NO_COURSE, NO_ENROLMENT, NO_SESSION


def lock_course(session: Session, course_id: str) -> Course:
    """Raises NotFound."""
    found = lock_courses(session, [course_id])
    if not found:
        raise NotFound(NO_COURSE)
    return found[0]


def lock_courses(session: Session, ids: Collection[str]) -> list[Course]:
    wanted = select(Course).where(Course.id.in_(sorted(ids))).order_by(Course.id).with_for_update()
    return list(session.scalars(wanted.execution_options(populate_existing=True)))


def lock_session(session: Session, session_id: str) -> tuple[Course, CourseSession]:
    """A course's session, with its course. Raises NotFound."""
    course_id = session.scalars(select(CourseSession.course_id).where(CourseSession.id == session_id)).one_or_none()
    if course_id is None:
        raise NotFound(NO_SESSION)
    course = lock_course(session, course_id)
    (found,) = lock_sessions(session, [session_id])
    return course, found


def lock_sessions(session: Session, ids: Collection[str]) -> list[CourseSession]:
    """Of courses that are locked already."""
    wanted = select(CourseSession).where(CourseSession.id.in_(sorted(ids))).order_by(CourseSession.id)
    return list(session.scalars(wanted.with_for_update().execution_options(populate_existing=True)))


def lock_sessions_of(session: Session, course: Course) -> list[CourseSession]:
    """All of a course that is locked already, by their time."""
    wanted = select(CourseSession).where(CourseSession.course_id == course.id).order_by(CourseSession.id)
    found = session.scalars(wanted.with_for_update().execution_options(populate_existing=True))
    return sorted(found, key=lambda each: (each.starts_at, each.id))


def lock_enrolment(session: Session, enrolment_id: str) -> tuple[Course, Enrolment]:
    """An enrolment, with its course, whose lock is its own. Raises NotFound."""
    course_id = session.scalars(select(Enrolment.course_id).where(Enrolment.id == enrolment_id)).one_or_none()
    if course_id is None:
        raise NotFound(NO_ENROLMENT)
    course = lock_course(session, course_id)
    wanted = select(Enrolment).where(Enrolment.id == enrolment_id)
    return course, session.scalars(wanted.execution_options(populate_existing=True)).one()


def lock_instructor(session: Session, instructor_id: str) -> None:
    """The row is there from the first time on that anybody asks for it."""
    statement = insert(session, Instructor.__table__).values(id=instructor_id)  # type: ignore[arg-type]
    session.execute(statement.on_conflict_do_update(index_elements=[Instructor.id], set_={"id": statement.excluded.id}))
