"""Record who came into a session and who left it: one by one, or a batch that was gathered offline.

A nonce makes an entry the same entry however often it is sent, in whichever batch and order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.call import Call
from services.chassis.context import Actor
from services.chassis.db import insert_once
from services.chassis.errors import IllegalTransition, Invalid, Refused
from services.chassis.i18n import msgid as _
from services.training.contract import courses as contract
from services.training.contract.courses import Entry
from services.training.contract.vocabulary import CourseStatus, Direction, SessionStatus
from services.training.domain.courses import refusals
from services.training.domain.rules import TrainingRules
from services.training.models.courses import CourseSession, Enrolment, Mark
from services.training.queries.courses.attendance import session_attendance
from services.training.usecases.courses import access, certifying, locking

SKEW = timedelta(minutes=5)
"""Another clock may be ahead of ours by so much."""


def record_attendance(call: Call[TrainingRules], command: contract.RecordAttendance) -> contract.RecordedAttendance:
    """Record all entries or none. A person who reaches the certificate of a completed course by it gets it.

    Raises Forbidden, NotFound, IllegalTransition for a session that is not held, Invalid with each wrong entry, Refused
    for a nonce that came before with other contents. Source: DOMAIN, Attendance.
    """
    session, now = call.session, call.now
    course, held = locking.lock_session(session, command.session_id)
    access.require_visible(call.actor, course, [held])
    access.require_teacher(call.actor, [held])
    if held.status != SessionStatus.CONFIRMED:
        raise IllegalTransition(_("This session is not held, so nobody can come in."), state=held.status)
    if errors := dict(_errors(session, held, command.entries, call.profile, now)):
        raise Invalid(errors={"entries": errors})

    new = [each for each in command.entries if _write(session, held, each, call.actor, now)]
    session.flush()
    if clashing := _clashing(session, held, command.entries):
        raise Refused([refusals.attendance_replayed(clashing)])
    if course.status == CourseStatus.COMPLETED:
        certifying.certify(session, course, rules=call.profile, now=now)
    return contract.RecordedAttendance.of(
        session_attendance(call, held),
        call.profile.centre.zone,
        recorded=len(new),
        known=len(command.entries) - len(new),
    )


def _errors(
    session: Session, held: CourseSession, entries: Sequence[Entry], rules: TrainingRules, now: datetime
) -> Iterator[tuple[int, Mapping[str, list[str]]]]:
    """Yield the place of each wrong entry in the batch, with its messages by field."""
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
    """Return the nonces that came before with other contents."""
    chosen = select(Mark).where(Mark.session_id == held.id, Mark.nonce.in_({each.nonce for each in entries}))
    known = {mark.nonce: (mark.person_id, Direction(mark.direction), mark.at) for mark in session.scalars(chosen)}
    return sorted({each.nonce for each in entries if known[each.nonce] != (each.person_id, each.direction, each.at)})
