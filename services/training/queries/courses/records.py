"""What is on record: certificates, refunds, and the log of decisions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.errors import Invalid
from services.training.domain.courses import verification
from services.training.models.courses import Certificate, CourseDecision, Enrolment, Refund
from services.training.schemas.courses.questions import FindCertificates, FindOfCourse


def certificate(session: Session, typed: str) -> Certificate | None:
    """The one with this code, however it is typed."""
    code = verification.read(typed)
    return session.scalars(select(Certificate).where(Certificate.code == code)).one_or_none() if code else None


def certificates_of(session: Session, find: FindCertificates, *, person_id: str) -> Sequence[Certificate]:
    """Newest first, one more than the limit when there are more."""
    chosen = select(Certificate).where(Certificate.person_id == person_id).order_by(Certificate.id.desc())
    if find.cursor is not None:
        chosen = chosen.where(Certificate.id < find.cursor)
    return session.scalars(chosen.limit(find.limit + 1)).all()


def find_decisions(session: Session, find: FindOfCourse) -> Sequence[CourseDecision]:
    """Newest first, one more than the limit when there are more. Raises Invalid for a cursor that is none."""
    chosen = select(CourseDecision).where(CourseDecision.course_id == find.course_id)
    if find.cursor is not None:
        chosen = chosen.where(CourseDecision.id < _number(find.cursor))
    return session.scalars(chosen.order_by(CourseDecision.id.desc()).limit(find.limit + 1)).all()


def find_refunds(session: Session, find: FindOfCourse) -> Sequence[tuple[Refund, Enrolment]]:
    """Newest first, with whose they are; one more than the limit when there are more. Raises Invalid."""
    chosen = select(Refund, Enrolment).join(Enrolment, Enrolment.id == Refund.enrolment_id)
    chosen = chosen.where(Refund.course_id == find.course_id)
    if find.cursor is not None:
        chosen = chosen.where(Refund.id < _number(find.cursor))
    rows = session.execute(chosen.order_by(Refund.id.desc()).limit(find.limit + 1))
    return [(refund, enrolment) for refund, enrolment in rows]


def _number(cursor: str) -> int:
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:
        raise Invalid(errors={"cursor": ["Give the next_cursor of the page before."]})
    return int(cursor)
