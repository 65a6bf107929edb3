"""Courses with their sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from services.centre.opening import Centre
from services.chassis import roles
from services.chassis.answers import Refusal
from services.chassis.call import Call
from services.chassis.context import Actor
from services.chassis.contract import Page
from services.training.contract import courses as contract
from services.training.contract.people import Person
from services.training.domain.courses.lifecycle import TAKING_PLACE
from services.training.domain.rules import TrainingRules
from services.training.models.courses import Course, CourseSession
from services.training.queries.support.paging import newest_first


def course(session: Session, course_id: str) -> Course | None:
    return session.get(Course, course_id)


def session_of(session: Session, session_id: str) -> CourseSession | None:
    return session.get(CourseSession, session_id)


def sessions_of(session: Session, ids: Iterable[str]) -> Mapping[str, Sequence[CourseSession]]:
    """Return the sessions of courses, by course, in the order of their time. One query."""
    chosen = select(CourseSession).where(CourseSession.course_id.in_(sorted(ids)))
    by_course: dict[str, list[CourseSession]] = defaultdict(list)
    for each in session.scalars(chosen.order_by(CourseSession.starts_at, CourseSession.id)):
        by_course[each.course_id].append(each)
    return by_course


def list_courses(call: Call[TrainingRules], request: contract.ListCourses) -> Page[contract.Course]:
    """Return courses, the newest first. Drafts only for staff and for those who are to teach them."""
    chosen = select(Course)
    if not roles.reads_all(call.actor):
        teaches = Course.id.in_(select(CourseSession.course_id).where(CourseSession.instructor_id == call.actor.id))
        published = Course.published_at.is_not(None)
        chosen = chosen.where(published if call.actor.is_anonymous else or_(published, teaches))
    for name in ("status", "field", "track"):
        if (value := getattr(request, name)) is not None:
            chosen = chosen.where(getattr(Course, name) == value)
    if request.since is not None or request.until is not None:
        chosen = chosen.where(Course.id.in_(_courses_in_time(call.profile.centre, request.since, request.until)))
    page = newest_first(call.session, chosen, Course.id, limit=request.limit, cursor=request.cursor)
    return Page(items=course_answers(call, page.items), next_cursor=page.next_cursor)


def _courses_in_time(centre: Centre, since: date | datetime | None, until: date | datetime | None) -> Select[str]:
    """Select the ids of the courses with a session in a time. Days and times without an offset are the centre's."""
    chosen = select(CourseSession.course_id).where(CourseSession.status.in_(TAKING_PLACE))
    if since is not None:
        chosen = chosen.where(CourseSession.ends_at > centre.moment(since))
    if until is not None:
        chosen = chosen.where(CourseSession.starts_at < centre.moment(until))
    return chosen


# --- answers


def teaches(actor: Actor, sessions: Iterable[CourseSession]) -> bool:
    return not actor.is_anonymous and any(each.instructor_id == actor.id for each in sessions)


def course_answer(call: Call[TrainingRules], row: Course) -> contract.Course:
    return course_answers(call, [row])[0]


def course_answers(call: Call[TrainingRules], rows: Sequence[Course]) -> list[contract.Course]:
    """Ids of instructors and booking's refusals are for staff, auditors and instructors of the course."""
    sessions = sessions_of(call.session, [row.id for row in rows])
    return [_course_answer(call, row, sessions.get(row.id, ())) for row in rows]


def session_answer(call: Call[TrainingRules], row: CourseSession, *, is_inside: bool = True) -> contract.Session:
    """is_inside: whether the caller sees what is for staff, auditors and instructors of the course."""
    return contract.Session.of(
        row,
        call.profile.centre.zone,
        start=row.starts_at,
        end=row.ends_at,
        instructor=Person(id=row.instructor_id if is_inside else "", name=row.instructor_name),
        refusals=[_refusal(each) for each in row.refusals] if is_inside else [],
    )


def _course_answer(call: Call[TrainingRules], row: Course, sessions: Sequence[CourseSession]) -> contract.Course:
    is_inside = roles.reads_all(call.actor) or teaches(call.actor, sessions)
    return contract.Course.of(
        row,
        call.profile.centre.zone,
        fewest=call.profile.courses.fewest(row.capacity),
        sessions=[session_answer(call, each, is_inside=is_inside) for each in sessions],
    )


def _refusal(heard: Mapping[str, Any]) -> Refusal:
    """Booking's event may say more about a refusal, and need not have details."""
    return Refusal(code=heard["code"], message=heard.get("message", ""), details=heard.get("details", {}))
