"""People's enrolments as they and staff read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from services.training.domain.courses.lifecycle import EnrolmentStatus
from services.training.models.courses import Certificate, Course, Enrolment, Refund
from services.training.queries.courses import attendance
from services.training.schemas.courses.questions import FindEnrolments


@dataclass(frozen=True)
class Shown:
    """position: how many wait, up to this one; of one that does not wait it means nothing. certificate: its code."""

    enrolment: Enrolment
    title: str
    position: int
    refund: int
    certificate: str | None
    attendance: attendance.Attendance


def one(session: Session, enrolment: Enrolment, *, zone: ZoneInfo, now: datetime) -> Shown:
    return _shown(session, _everything().where(Enrolment.id == enrolment.id), zone, now)[0]


def find_enrolments(
    session: Session, find: FindEnrolments, *, person_id: str, zone: ZoneInfo, now: datetime
) -> Sequence[Shown]:
    """Of a course, who came first first; or the person's own, the newest first. One more than the limit when there are
    more.
    """
    chosen = _everything().limit(find.limit + 1)
    if find.course_id is not None:
        chosen = chosen.where(Enrolment.course_id == find.course_id).order_by(Enrolment.number)
        if find.cursor is not None:
            before = select(Enrolment.number).where(Enrolment.id == find.cursor).scalar_subquery()
            chosen = chosen.where(Enrolment.number > before)
    else:
        chosen = chosen.where(Enrolment.person_id == person_id).order_by(Enrolment.id.desc())
        if find.cursor is not None:
            chosen = chosen.where(Enrolment.id < find.cursor)
    return _shown(session, chosen, zone, now)


Chosen = Select[Enrolment, str, int, int | None, str | None]


def _everything() -> Chosen:
    ahead = aliased(Enrolment)
    position = (
        select(func.count())
        .where(
            ahead.course_id == Enrolment.course_id,
            ahead.status == EnrolmentStatus.WAITING,
            ahead.number <= Enrolment.number,
        )
        .scalar_subquery()
    )
    refund = (
        select(func.sum(Refund.amount))
        .where(Refund.enrolment_id == Enrolment.id, Refund.withdrawn_at.is_(None))
        .scalar_subquery()
    )
    code = select(Certificate.code).where(Certificate.enrolment_id == Enrolment.id).scalar_subquery()
    return select(Enrolment, Course.title, position, refund, code).join(Course, Course.id == Enrolment.course_id)


def _shown(session: Session, chosen: Chosen, zone: ZoneInfo, now: datetime) -> Sequence[Shown]:
    rows = session.execute(chosen).all()
    found = attendance.of_courses(session, {row[0].course_id for row in rows}, zone=zone, now=now)
    return [_one(*row, found) for row in rows]


def _one(
    enrolment: Enrolment,
    title: str,
    position: int,
    refund: int | None,
    code: str | None,
    found: Mapping[str, attendance.Attendance],
) -> Shown:
    there = found.get(enrolment.course_id, attendance.NOT_HELD)
    return Shown(enrolment, title, position, int(refund or 0), code, there)
