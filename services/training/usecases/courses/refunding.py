"""What is owed back to people, written down. Nobody gets back more than their fee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from services.training.contract.vocabulary import EndReason, EnrolmentStatus, SessionStatus
from services.training.domain.courses import refunds
from services.training.domain.rules import TrainingRules
from services.training.models.courses import Course, CourseSession, Enrolment, Refund
from services.training.queries.courses.people import enrolments_in

NOTHING = timedelta(0)


def for_giving_up(
    session: Session, course: Course, enrolment: Enrolment, *, rules: TrainingRules, now: datetime
) -> int:
    """A person with a place gives it up. Returns what is owed for that, beside what was owed already."""
    if not enrolment.fee or enrolment.status != EnrolmentStatus.CONFIRMED:
        return 0
    sessions = _sessions(session, course)
    passed = sum((_passed(each, now) for each in sessions), NOTHING)
    owed = refunds.for_giving_up(enrolment.fee, passed, _length(sessions), rules.courses.refunds)
    before = _owed_before(session, [enrolment.id]).get(enrolment.id, 0)
    return _write(session, enrolment, min(owed, enrolment.fee - before), EndReason.WITHDRAWN, now)


def for_cancelled_course(session: Session, enrolment: Enrolment, *, now: datetime) -> int:
    """All that is left of the fee."""
    if not enrolment.fee or enrolment.status != EnrolmentStatus.CONFIRMED:
        return 0
    before = _owed_before(session, [enrolment.id]).get(enrolment.id, 0)
    return _write(session, enrolment, enrolment.fee - before, EndReason.COURSE_CANCELLED, now)


def for_cancelled_session(
    session: Session, course: Course, cancelled: CourseSession, *, reason: str, now: datetime
) -> None:
    """Everybody who has a place gets the session's part of the fee back, until it has a new date."""
    if not course.fee:
        return
    whole = _length(_sessions(session, course))
    people = enrolments_in(session, course.id, EnrolmentStatus.CONFIRMED)
    before = _owed_before(session, [each.id for each in people])
    for each in people:
        part = refunds.for_session(each.fee, cancelled.ends_at - cancelled.starts_at, whole)
        amount = min(part, each.fee - before.get(each.id, 0))
        _write(session, each, amount, reason, now, session_id=cancelled.id)


def withdraw_for(session: Session, planned: CourseSession, *, now: datetime) -> None:
    """The session has a new date: nothing is owed for it to those who still have their place."""
    still_there = select(Enrolment.id).where(
        Enrolment.course_id == planned.course_id, Enrolment.status == EnrolmentStatus.CONFIRMED
    )
    session.execute(
        update(Refund)
        .where(Refund.session_id == planned.id, Refund.withdrawn_at.is_(None), Refund.enrolment_id.in_(still_there))
        .values(withdrawn_at=now)
    )


def _write(
    session: Session, enrolment: Enrolment, amount: int, reason: str, now: datetime, *, session_id: str | None = None
) -> int:
    if amount <= 0:
        return 0
    row = Refund(
        course_id=enrolment.course_id,
        enrolment_id=enrolment.id,
        session_id=session_id,
        amount=amount,
        reason_code=reason,
        owed_since=now,
    )
    session.add(row)
    session.flush()
    return amount


def _owed_before(session: Session, enrolments: Sequence[str]) -> Mapping[str, int]:
    """By enrolment."""
    owed = (
        select(Refund.enrolment_id, func.sum(Refund.amount))
        .where(Refund.enrolment_id.in_(enrolments), Refund.withdrawn_at.is_(None))
        .group_by(Refund.enrolment_id)
    )
    return {enrolment_id: int(amount) for enrolment_id, amount in session.execute(owed)}


def _sessions(session: Session, course: Course) -> Sequence[CourseSession]:
    """What people paid for: everything but what never got a room."""
    wanted = select(CourseSession).where(
        CourseSession.course_id == course.id, CourseSession.status != SessionStatus.REFUSED
    )
    return session.scalars(wanted).all()


def _length(sessions: Sequence[CourseSession]) -> timedelta:
    return sum((each.ends_at - each.starts_at for each in sessions), NOTHING)


def _passed(held: CourseSession, now: datetime) -> timedelta:
    if held.status != SessionStatus.CONFIRMED:
        return NOTHING
    return max(NOTHING, min(now, held.ends_at) - held.starts_at)
