"""Certificates, refunds, and the log of decisions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.contract import Page
from services.chassis.errors import Invalid
from services.training.contract import certificates as contract
from services.training.contract import courses, enrolments
from services.training.domain.courses import verification
from services.training.domain.rules import TrainingRules
from services.training.models.courses import Certificate, CourseDecision, Enrolment, Refund
from services.training.queries.courses.enrolments import person_of
from services.training.queries.support.paging import newest_first


def certificate(session: Session, typed: str) -> Certificate | None:
    """Return the certificate with this code, however it is typed."""
    code = verification.read(typed)
    return session.scalars(select(Certificate).where(Certificate.code == code)).one_or_none() if code else None


def certificates_page(
    call: Call[TrainingRules], request: contract.ListMyCertificates, person_id: str
) -> Page[contract.Certificate]:
    """Return the certificates of a person, the newest first."""
    chosen = select(Certificate).where(Certificate.person_id == person_id)
    page = newest_first(call.session, chosen, Certificate.id, limit=request.limit, cursor=request.cursor)
    return Page(items=[certificate_answer(call, each) for each in page.items], next_cursor=page.next_cursor)


def list_course_decisions(
    call: Call[TrainingRules], request: courses.ListCourseDecisions
) -> Page[courses.CourseDecision]:
    """Return what was decided in a course, the newest first. Raises Forbidden, Invalid for an unknown cursor."""
    roles.require_reader(call.actor)
    chosen = select(CourseDecision).where(CourseDecision.course_id == request.course_id)
    if request.cursor is not None:
        chosen = chosen.where(CourseDecision.id < _number(request.cursor))
    rows = call.session.scalars(chosen.order_by(CourseDecision.id.desc()).limit(request.limit + 1)).all()
    items = [courses.CourseDecision.of(each, call.profile.centre.zone) for each in rows[: request.limit]]
    return Page(items=items, next_cursor=_next([each.id for each in rows], request.limit))


def list_refunds(call: Call[TrainingRules], request: enrolments.ListRefunds) -> Page[enrolments.Refund]:
    """Return what is owed back in a course, the newest first. Raises Forbidden, Invalid for an unknown cursor."""
    roles.require_reader(call.actor)
    chosen = select(Refund, Enrolment).join(Enrolment, Enrolment.id == Refund.enrolment_id)
    chosen = chosen.where(Refund.course_id == request.course_id)
    if request.cursor is not None:
        chosen = chosen.where(Refund.id < _number(request.cursor))
    rows = call.session.execute(chosen.order_by(Refund.id.desc()).limit(request.limit + 1)).all()
    zone = call.profile.centre.zone
    items = [
        enrolments.Refund.of(refund, zone, person=person_of(enrolment)) for refund, enrolment in rows[: request.limit]
    ]
    return Page(items=items, next_cursor=_next([row[0].id for row in rows], request.limit))


def certificate_answer(call: Call[TrainingRules], row: Certificate) -> contract.Certificate:
    verification = call.profile.courses.certificates.address_of(row.code or "")
    zone = call.profile.centre.zone
    return contract.Certificate.of(row, zone, person=person_of(row), verification=verification)


def _next(row_numbers: Sequence[int], limit: int) -> str | None:
    """Return the cursor of the next page. There is one row more than the limit if there are more."""
    return str(row_numbers[limit - 1]) if len(row_numbers) > limit else None


def _number(cursor: str) -> int:
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:
        raise Invalid(errors={"cursor": ["Give the next_cursor of the page before."]})
    return int(cursor)
