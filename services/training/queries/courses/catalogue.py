"""Courses with their sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.centre.opening import Centre
from services.chassis.context import Actor
from services.training.domain.courses.lifecycle import TAKING_PLACE
from services.training.models.courses import Course, CourseSession
from services.training.schemas.courses.questions import FindCourses


def course(session: Session, course_id: str) -> Course | None:
    return session.get(Course, course_id)


def session_of(session: Session, session_id: str) -> CourseSession | None:
    return session.get(CourseSession, session_id)


def sessions_of(session: Session, ids: Iterable[str]) -> Mapping[str, Sequence[CourseSession]]:
    """By course, each course's by their time. One query."""
    wanted = select(CourseSession).where(CourseSession.course_id.in_(sorted(ids)))
    found: dict[str, list[CourseSession]] = defaultdict(list)
    for each in session.scalars(wanted.order_by(CourseSession.starts_at, CourseSession.id)):
        found[each.course_id].append(each)
    return found


def find_courses(
    session: Session, find: FindCourses, *, actor: Actor, all_of_them: bool, centre: Centre
) -> Sequence[Course]:
    """Newest first, one more than the limit when there are more. Without `all_of_them` no drafts but those that the
    actor is to teach.
    """
    chosen = select(Course).order_by(Course.id.desc()).limit(find.limit + 1)
    if not all_of_them:
        teaches = Course.id.in_(select(CourseSession.course_id).where(CourseSession.instructor_id == actor.id))
        seen = Course.published_at.is_not(None)
        chosen = chosen.where(seen if actor.is_anonymous else or_(seen, teaches))
    if find.cursor is not None:
        chosen = chosen.where(Course.id < find.cursor)
    for name in ("status", "field", "track"):
        if (value := getattr(find, name)) is not None:
            chosen = chosen.where(getattr(Course, name) == value)
    if find.since is not None or find.until is not None:
        held = select(CourseSession.course_id).where(CourseSession.status.in_(TAKING_PLACE))
        if find.since is not None:
            held = held.where(CourseSession.ends_at > centre.moment(find.since))
        if find.until is not None:
            held = held.where(CourseSession.starts_at < centre.moment(find.until))
        chosen = chosen.where(Course.id.in_(held))
    return session.scalars(chosen).all()
