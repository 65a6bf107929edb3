"""Issue certificates to people who attended long enough, each once, under the next number of the year."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids
from services.chassis.db import insert
from services.chassis.errors import Refusal
from services.chassis.events import emit_all
from services.training.contract.vocabulary import EnrolmentStatus, SessionStatus
from services.training.domain.courses import refusals, verification
from services.training.domain.courses.attendance import earns_certificate
from services.training.domain.rules import TrainingRules
from services.training.events import certificates as events
from services.training.models.courses import Certificate, CertificateYear, Course, CourseSession, Enrolment
from services.training.queries.courses import attendance
from services.training.queries.courses.people import enrolments_in


@dataclass(frozen=True)
class Withheld:
    """Person without a certificate, and why."""

    enrolment: Enrolment
    refusal: Refusal


@dataclass(frozen=True)
class Certified:
    issued: Sequence[Certificate]
    withheld: Sequence[Withheld]


def certify(session: Session, course: Course, *, rules: TrainingRules, now: datetime) -> Certified:
    """Certify everybody in a course that is over who has no certificate of it yet. The course is locked.

    Source: DOMAIN, Attendance (80 % of the minutes held), scenarios 31 and 32.
    """
    there = attendance.of_courses(session, [course.id], zone=rules.centre.zone, now=now)
    attended_by = there.get(course.id, attendance.NOT_HELD)
    percent = rules.courses.certificates.percent
    has_one = set(session.scalars(select(Certificate.enrolment_id).where(Certificate.course_id == course.id)))
    days = _days(session, course, rules, now)
    issued, withheld = [], []
    for enrolment in enrolments_in(session, course.id, EnrolmentStatus.CONFIRMED):
        if enrolment.id in has_one or not enrolment.person_id:
            continue
        attended = attended_by.of(enrolment.person_id)
        if earns_certificate(attended, attended_by.held, percent):
            minutes = (refusals.minutes(attended), refusals.minutes(attended_by.held))
            issued.append(_issued(session, course, enrolment, minutes, days, rules, now))
        else:
            withheld.append(Withheld(enrolment, refusals.certificate_withheld(attended, attended_by.held, percent)))
    session.add_all(issued)
    session.flush()
    facts = [events.of_certificate(events.CERTIFICATE_ISSUED, each, each.code or "", rules) for each in issued]
    emit_all(session, facts, now=now)
    return Certified(issued, withheld)


def _issued(
    session: Session,
    course: Course,
    enrolment: Enrolment,
    minutes: tuple[int, int],
    days: tuple[datetime, datetime],
    rules: TrainingRules,
    now: datetime,
) -> Certificate:
    drawn = "".join(secrets.choice(verification.ALPHABET) for _ in range(verification.RANDOM))
    return Certificate(
        id=ids.new_id(),
        number=_next_number(session, now.astimezone(rules.centre.zone).year),
        code=verification.code_of(drawn),
        course_id=course.id,
        enrolment_id=enrolment.id,
        person_id=enrolment.person_id,
        person_name=enrolment.person_name,
        title=course.title,
        field=course.field,
        track=course.track,
        minutes=minutes[0],
        of_minutes=minutes[1],
        first_day=days[0].date(),
        last_day=days[1].date(),
        issued_at=now,
        version=1,
    )


def _next_number(session: Session, year: int) -> str:
    """2020-0001: none is left out, none given twice. The year's row stays locked to the end of the transaction."""
    table = CertificateYear.__table__
    statement = insert(session, table).values(year=year, last=1)  # type: ignore[arg-type]
    counted = statement.on_conflict_do_update(index_elements=["year"], set_={"last": table.c.last + 1})
    number = session.execute(counted.returning(table.c.last)).scalar_one()
    return f"{year}-{number:04}"


def _days(session: Session, course: Course, rules: TrainingRules, now: datetime) -> tuple[datetime, datetime]:
    """When the first and the last session began that were held; of a course that held none, now."""
    wanted = select(CourseSession.starts_at).where(
        CourseSession.course_id == course.id, CourseSession.status == SessionStatus.CONFIRMED
    )
    begun = [each.astimezone(rules.centre.zone) for each in session.scalars(wanted)] or [now]
    return min(begun), max(begun)
