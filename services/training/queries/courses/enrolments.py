"""Enrolments as people and staff read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from services.chassis.call import Call
from services.chassis.contract import Page
from services.training.contract import enrolments as contract
from services.training.contract.people import Person
from services.training.contract.vocabulary import EnrolmentStatus
from services.training.domain.courses.refusals import minutes
from services.training.domain.rules import TrainingRules
from services.training.models.courses import Certificate, Course, Enrolment, Refund
from services.training.queries.courses import attendance


@dataclass(frozen=True)
class Row:
    """position: how many wait, up to this one; None unless it waits. certificate: its code."""

    enrolment: Enrolment
    title: str
    position: int | None
    refund: int
    certificate: str | None
    attendance: attendance.Attendance


def enrolment_answer(call: Call[TrainingRules], enrolment: Enrolment) -> contract.Enrolment:
    (row,) = _rows(call, _selected().where(Enrolment.id == enrolment.id))
    return _answer(call, row)


def enrolments_page(
    call: Call[TrainingRules], request: contract.ListEnrolments, person_id: str
) -> Page[contract.Enrolment]:
    """Return the enrolments of a course in the order of coming, or the person's own, the newest first."""
    chosen = _selected().limit(request.limit + 1)
    if request.course_id is not None:
        chosen = chosen.where(Enrolment.course_id == request.course_id).order_by(Enrolment.number)
        if request.cursor is not None:
            before = select(Enrolment.number).where(Enrolment.id == request.cursor).scalar_subquery()
            chosen = chosen.where(Enrolment.number > before)
    else:
        chosen = chosen.where(Enrolment.person_id == person_id).order_by(Enrolment.id.desc())
        if request.cursor is not None:
            chosen = chosen.where(Enrolment.id < request.cursor)
    rows = _rows(call, chosen)
    items = [_answer(call, row) for row in rows[: request.limit]]
    return Page(items=items, next_cursor=items[-1].id if len(rows) > request.limit else None)


Chosen = Select[Enrolment, str, int, int | None, str | None]


def _selected() -> Chosen:
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


def _rows(call: Call[TrainingRules], chosen: Chosen) -> Sequence[Row]:
    rows = call.session.execute(chosen).all()
    course_ids = {row[0].course_id for row in rows}
    by_course = attendance.of_courses(call.session, course_ids, zone=call.profile.centre.zone, now=call.now)
    return [
        Row(
            enrolment,
            title,
            position if enrolment.status == EnrolmentStatus.WAITING else None,
            int(refund or 0),
            code,
            by_course.get(enrolment.course_id, attendance.NOT_HELD),
        )
        for enrolment, title, position, refund, code in rows
    ]


def _answer(call: Call[TrainingRules], row: Row) -> contract.Enrolment:
    enrolment = row.enrolment
    return contract.Enrolment.of(
        enrolment,
        call.profile.centre.zone,
        title=row.title,
        person=person_of(enrolment),
        position=row.position,
        refund=row.refund,
        minutes=minutes(row.attendance.of(enrolment.person_id)),
        of_minutes=minutes(row.attendance.held),
        certificate=row.certificate,
    )


def person_of(row: Enrolment | Certificate) -> Person:
    return Person(id=row.person_id, name=row.person_name)
