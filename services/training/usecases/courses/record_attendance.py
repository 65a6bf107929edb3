"""The instructor, or staff, record who came into a session and who left it: one by one, or a batch that was gathered
offline. A nonce makes an entry the same entry however often it is sent, in whichever batch and order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.db import insert_once
from services.chassis.errors import IllegalTransition, Invalid, Refused
from services.chassis.i18n import msgid as _
from services.training.domain.courses import refusals
from services.training.domain.courses.attendance import Direction, Entry
from services.training.domain.courses.lifecycle import CourseStatus, SessionStatus
from services.training.domain.rules import TrainingRules
from services.training.models.courses import CourseSession, Enrolment, Mark
from services.training.schemas.courses.commands import RecordAttendance
from services.training.usecases.courses import access, certifying, locking

SKEW = timedelta(minutes=5)
"""Another clock may be ahead of ours by so much."""


@dataclass(frozen=True)
class Recorded:
    """recorded: entries that were new. known: entries that were here already."""

    session: CourseSession
    recorded: int
    known: int


def record_attendance(
    session: Session, command: RecordAttendance, *, actor: Actor, rules: TrainingRules, now: datetime
) -> Recorded:
    """All of them or none. Who reaches a certificate of a completed course by it gets it.

    Raises Forbidden, NotFound, IllegalTransition for a session that is not held, Invalid with each wrong entry, Refused
    for a nonce that came before with other contents. Source: DOMAIN, Attendance.
    """
    course, held = locking.lock_session(session, command.session_id)
    access.require_visible(actor, course, [held])
    access.require_teacher(actor, [held])
    if held.status != SessionStatus.CONFIRMED:
        raise IllegalTransition(_("This session is not held, so nobody can come in."), state=held.status)
    if wrong := dict(_wrong(session, held, command.entries, rules, now)):
        raise Invalid(errors={"entries": wrong})

    new = [each for each in command.entries if _write(session, held, each, actor, now)]
    session.flush()
    if clashing := _clashing(session, held, command.entries):
        raise Refused([refusals.attendance_replayed(clashing)])
    if course.status == CourseStatus.COMPLETED:
        certifying.certify(session, course, rules=rules, now=now)
    return Recorded(held, recorded=len(new), known=len(command.entries) - len(new))


def _wrong(
    session: Session, held: CourseSession, entries: Sequence[Entry], rules: TrainingRules, now: datetime
) -> Iterator[tuple[int, Any]]:
    """By place in the batch, what is wrong with an entry."""
    opens = held.starts_at - rules.courses.check_in
    people = set(session.scalars(select(Enrolment.person_id).where(Enrolment.course_id == held.course_id)))
    for place, entry in enumerate(entries):
        if entry.person_id not in people:
            yield place, {"person_id": [_("This person is not in the course.")]}
        elif entry.at < opens:
            yield place, {"at": [_("At this time the session was not open yet.")]}
        elif entry.at > now + SKEW:
            yield place, {"at": [_("This time is still to come.")]}


def _write(session: Session, held: CourseSession, entry: Entry, actor: Actor, now: datetime) -> bool:
    return insert_once(
        session,
        Mark.__table__,
        session_id=held.id,
        nonce=entry.nonce,
        person_id=entry.person_id,
        direction=entry.direction,
        at=entry.at,
        recorded_at=now,
        recorded_by=actor.id,
    )


def _clashing(session: Session, held: CourseSession, entries: Sequence[Entry]) -> list[str]:
    """Nonces under which something else stands."""
    wanted = select(Mark).where(Mark.session_id == held.id, Mark.nonce.in_({each.nonce for each in entries}))
    known = {mark.nonce: (mark.person_id, Direction(mark.direction), mark.at) for mark in session.scalars(wanted)}
    return sorted({each.nonce for each in entries if known[each.nonce] != (each.person_id, each.direction, each.at)})
