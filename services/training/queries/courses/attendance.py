"""Attendance of people in sessions and courses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.call import Call
from services.chassis.period import Period
from services.training.contract import courses as contract
from services.training.contract.vocabulary import Direction, SessionStatus
from services.training.domain.courses.attendance import attended
from services.training.domain.courses.refusals import minutes
from services.training.domain.rules import TrainingRules
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
    """Return the attendance by course, without courses that have held no session yet. Two queries."""
    chosen = select(CourseSession).where(
        CourseSession.course_id.in_(sorted(ids)),
        CourseSession.status == SessionStatus.CONFIRMED,
        CourseSession.ends_at <= now,
    )
    held: dict[str, list[CourseSession]] = defaultdict(list)
    for each in session.scalars(chosen):
        held[each.course_id].append(each)
    marks = _marks(session, [each.id for sessions in held.values() for each in sessions])
    return {course_id: _attendance(sessions, marks, zone) for course_id, sessions in held.items()}


def of_session(session: Session, of: CourseSession, *, zone: ZoneInfo) -> Mapping[str, timedelta]:
    """Return how long each person was there. A person who has not left counts as present until the end."""
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


def session_attendance(call: Call[TrainingRules], held: CourseSession) -> contract.SessionAttendance:
    by_person = of_session(call.session, held, zone=call.profile.centre.zone)
    people = [
        contract.PersonAttendance(person_id=person_id, minutes=minutes(there))
        for person_id, there in sorted(by_person.items())
    ]
    of_minutes = minutes(held.ends_at - held.starts_at)
    return contract.SessionAttendance(session_id=held.id, of_minutes=of_minutes, people=people)
