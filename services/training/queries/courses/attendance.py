"""How long people were there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.period import Period
from services.training.domain.courses.attendance import Direction, attended
from services.training.domain.courses.lifecycle import SessionStatus
from services.training.models.courses import CourseSession, Mark

NOTHING = timedelta(0)


@dataclass(frozen=True)
class Attendance:
    """held: of the sessions that are over; a cancelled one does not count. by_person: how much of that they were there.

    Source: DOMAIN, scenario 32.
    """

    held: timedelta
    by_person: Mapping[str, timedelta]

    def of(self, person_id: str) -> timedelta:
        return self.by_person.get(person_id, NOTHING)


NOT_HELD = Attendance(NOTHING, {})


def of_courses(session: Session, ids: Iterable[str], *, zone: ZoneInfo, now: datetime) -> Mapping[str, Attendance]:
    """By course; one that has held nothing yet is not there. Two queries."""
    wanted = select(CourseSession).where(
        CourseSession.course_id.in_(sorted(ids)),
        CourseSession.status == SessionStatus.CONFIRMED,
        CourseSession.ends_at <= now,
    )
    held: dict[str, list[CourseSession]] = defaultdict(list)
    for each in session.scalars(wanted):
        held[each.course_id].append(each)
    marks = _marks(session, [each.id for sessions in held.values() for each in sessions])
    return {course_id: _attendance(sessions, marks, zone) for course_id, sessions in held.items()}


def of_session(session: Session, of: CourseSession, *, zone: ZoneInfo) -> Mapping[str, timedelta]:
    """By person. Who is in and has not left yet is reckoned to be there to the end."""
    return _by_person(of, _marks(session, [of.id]).get(of.id, ()), zone)


Marks = Mapping[str, Sequence[Mark]]


def _marks(session: Session, sessions: Sequence[str]) -> Marks:
    found: dict[str, list[Mark]] = defaultdict(list)
    for mark in session.scalars(select(Mark).where(Mark.session_id.in_(sessions))):
        found[mark.session_id].append(mark)
    return found


def _attendance(sessions: Sequence[CourseSession], marks: Marks, zone: ZoneInfo) -> Attendance:
    total: dict[str, timedelta] = defaultdict(timedelta)
    for each in sessions:
        for person_id, there in _by_person(each, marks.get(each.id, ()), zone).items():
            total[person_id] += there
    return Attendance(sum((each.ends_at - each.starts_at for each in sessions), NOTHING), total)


def _by_person(of: CourseSession, marks: Sequence[Mark], zone: ZoneInfo) -> Mapping[str, timedelta]:
    period = Period(of.starts_at, of.ends_at, zone)
    by_person: dict[str, list[tuple[datetime, Direction]]] = defaultdict(list)
    for mark in marks:
        by_person[mark.person_id].append((mark.at, Direction(mark.direction)))
    return {person_id: attended(theirs, period) for person_id, theirs in by_person.items()}
