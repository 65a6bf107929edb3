"""Who is in a course, and who waits."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.training.contract.vocabulary import EnrolmentStatus
from services.training.domain.courses.lifecycle import LIVE
from services.training.models.courses import Enrolment


def live_enrolment(session: Session, course_id: str, person_id: str) -> Enrolment | None:
    """The person's place in the course, or in its waiting list."""
    wanted = select(Enrolment).where(
        Enrolment.course_id == course_id, Enrolment.person_id == person_id, Enrolment.status.in_(LIVE)
    )
    return session.scalars(wanted).one_or_none()


def first_waiting(session: Session, course_id: str, number: int) -> Sequence[Enrolment]:
    """So many of the waiting list, who came first first."""
    wanted = (
        select(Enrolment)
        .where(Enrolment.course_id == course_id, Enrolment.status == EnrolmentStatus.WAITING)
        .order_by(Enrolment.number)
        .limit(number)
    )
    return session.scalars(wanted.execution_options(populate_existing=True)).all()


def enrolments_in(session: Session, course_id: str, *statuses: EnrolmentStatus) -> Sequence[Enrolment]:
    """By number."""
    wanted = (
        select(Enrolment)
        .where(Enrolment.course_id == course_id, Enrolment.status.in_(statuses))
        .order_by(Enrolment.number)
    )
    return session.scalars(wanted.execution_options(populate_existing=True)).all()


def with_a_place(session: Session, course_id: str) -> list[str]:
    """Ids of the people who have one, by the order in which they came."""
    wanted = select(Enrolment.person_id).where(
        Enrolment.course_id == course_id, Enrolment.status == EnrolmentStatus.CONFIRMED, Enrolment.person_id != ""
    )
    return list(session.scalars(wanted.order_by(Enrolment.number)))
