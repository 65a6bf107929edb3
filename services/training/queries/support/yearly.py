"""The yearly report's figures. What lies ahead in the year is not counted: sessions and visits that have not been."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from services.centre.vocabulary import Field
from services.training.contract.vocabulary import EnrolmentStatus, Result, SessionStatus, VisitStatus
from services.training.domain.support.survey import Subject
from services.training.domain.support.yearly import ByField, Measure, Rated, Year, YearlyReport, measure
from services.training.models.courses import NOBODY, Certificate, Course, CourseSession, Enrolment
from services.training.models.support.consulting import Consultation, Introduction, Opportunity
from services.training.models.support.network import Meeting, Milestone
from services.training.models.support.programmes import Programme, Support, Visit
from services.training.models.support.survey import Asset, Finding, Survey, SurveyAnswer, Voice
from services.training.schemas.support.survey import QuestionKind

HUNDREDTH = Decimal("0.01")


def yearly_report(session: Session, year: Year, now: datetime, *, fewest: int) -> YearlyReport:
    """fewest: people who rated in a survey about a course; what fewer said is not told."""
    counted = {name: _grouped(session, query(year, now)) for name, query in COUNTS.items()}
    tenants = {
        row[0]: row[1]
        for row in session.execute(
            select(Milestone.kind, func.count())
            .where(Milestone.happened_on >= year.first_day, Milestone.happened_on < year.day_after)
            .group_by(Milestone.kind)
        )
    }
    return YearlyReport(
        year=year.number,
        measures=(
            *_of_courses(session, year, now),
            *(measure(name, by_field) for name, by_field in counted.items()),
            # tenants are social-economy organisations
            *(
                measure(name, {Field.SOCIAL_ECONOMY: tenants.get(kind, 0)})
                for name, kind in (
                    ("tenancies_started", "tenancy_started"),
                    ("tenancies_ended", "tenancy_ended"),
                    ("designations", "designation_recorded"),
                )
            ),
        ),
        topics=tuple(_topics(session, year)),
        courses=tuple(_surveyed(session, year, fewest)),
    )


def _within(column: InstrumentedAttribute[Any], year: Year) -> tuple[Any, Any]:
    return column >= year.start, column < year.end


def _on_days(column: InstrumentedAttribute[Any], year: Year) -> tuple[Any, Any]:
    return column >= year.first_day, column < year.day_after


def _supported(year: Year) -> tuple[Any, Any]:
    return Support.programme_id == Programme.id, Programme.year == year.number


def _visited(year: Year, now: datetime) -> tuple[Any, ...]:
    been = (Visit.programme_id == Programme.id, Visit.status != VisitStatus.CANCELLED, Visit.visit_at <= now)
    return (*been, *_within(Visit.visit_at, year))


def _introduced(year: Year) -> tuple[Any, ...]:
    return (Introduction.opportunity_id == Opportunity.id, *_within(Introduction.introduced_at, year))


Counting = Callable[[Year, datetime], Any]
"""A query of (field, number)."""

COUNTS: dict[str, Counting] = {
    "consultations": lambda year, _: select(Consultation.field, func.count()).where(
        *_within(Consultation.requested_at, year)
    ),
    "consultations_reported": lambda year, _: select(Consultation.field, func.count()).where(
        *_within(Consultation.reported_at, year)
    ),
    "introductions": lambda year, _: select(Opportunity.field, func.count()).where(*_introduced(year)),
    "contracts": lambda year, _: select(Opportunity.field, func.count()).where(
        *_introduced(year), Introduction.result == Result.CONTRACT
    ),
    "communities": lambda year, _: select(Programme.field, func.count(func.distinct(Support.community_id))).where(
        *_supported(year)
    ),
    "granted_won": lambda year, _: select(Programme.field, func.sum(Support.amount)).where(*_supported(year)),
    "visits": lambda year, now: select(Programme.field, func.count()).where(*_visited(year, now)),
    "visits_reported": lambda year, now: select(Programme.field, func.count()).where(
        *_visited(year, now), Visit.status == VisitStatus.REPORTED
    ),
    "assets": lambda year, _: select(Asset.field, func.count()).where(*_within(Asset.entered_at, year)),
    "voices": lambda year, _: select(Voice.field, func.count()).where(*_on_days(Voice.heard_on, year)),
    "findings": lambda year, _: select(Finding.field, func.count()).where(*_within(Finding.entered_at, year)),
    "meetings": lambda year, now: select(Meeting.field, func.count()).where(
        *_within(Meeting.held_at, year), Meeting.held_at <= now
    ),
}
"""Queries of (field, number), to be grouped by field; in the order of the report."""


def _grouped(session: Session, query: Any) -> ByField:
    field = query.selected_columns[0]
    return {row[0]: int(row[1]) for row in session.execute(query.group_by(field))}


def _of_courses(session: Session, year: Year, now: datetime) -> list[Measure]:
    """Courses with a session that was held in the year, these sessions, their hours, and who had a place in them: of
    those who were erased each enrolment counts as somebody else.
    """
    held = session.execute(
        select(Course.id, Course.field, CourseSession.starts_at, CourseSession.ends_at)
        .join(Course, Course.id == CourseSession.course_id)
        .where(
            CourseSession.status == SessionStatus.CONFIRMED,
            CourseSession.ends_at <= now,
            *_within(CourseSession.starts_at, year),
        )
    ).all()
    whoever = case((Enrolment.person_id == NOBODY, Enrolment.id), else_=Enrolment.person_id)
    placed = session.execute(
        select(Course.field, whoever)
        .join(Course, Course.id == Enrolment.course_id)
        .where(
            Enrolment.status == EnrolmentStatus.CONFIRMED,
            Enrolment.course_id.in_(
                select(CourseSession.course_id).where(
                    CourseSession.status == SessionStatus.CONFIRMED,
                    CourseSession.ends_at <= now,
                    *_within(CourseSession.starts_at, year),
                )
            ),
        )
        .distinct()
    ).all()
    certificates = _grouped(
        session,
        select(Certificate.field, func.count()).where(
            *_within(Certificate.issued_at, year), Certificate.revoked_at.is_(None)
        ),
    )
    courses: ByField = {field: len({row[0] for row in held if row[1] == field}) for field in Field}
    lengths = {field: sum((row[3] - row[2] for row in held if row[1] == field), start=timedelta()) for field in Field}
    return [
        measure("courses", courses),
        measure("sessions", {field: sum(row[1] == field for row in held) for field in Field}),
        measure("hours", {field: _hours(length) for field, length in lengths.items()}),
        measure(
            "people",
            {field: sum(row[0] == field for row in placed) for field in Field},
            total=len({row[1] for row in placed}),
        ),
        measure("certificates", certificates),
    ]


def _topics(session: Session, year: Year) -> list[Rated]:
    rows = session.execute(
        select(
            Consultation.topic,
            func.count(),
            func.count(Consultation.satisfaction),
            func.sum(Consultation.satisfaction),
        )
        .where(*_within(Consultation.requested_at, year))
        .group_by(Consultation.topic)
        .order_by(Consultation.topic)
    )
    return [Rated(row[0], row[1], row[2], _mean(row[3], row[2])) for row in rows]


def _surveyed(session: Session, year: Year, fewest: int) -> list[Rated]:
    """By course the surveys that were opened in the year: all their ratings together."""
    surveys = session.execute(
        select(Survey, Course.title)
        .join(Course, Course.id == Survey.subject_id)
        .where(Survey.subject == Subject.COURSE, *_within(Survey.opened_at, year))
        .order_by(Survey.subject_id, Survey.id)
    ).all()
    answers: dict[str, list[dict[str, Any]]] = defaultdict(list)
    wanted = select(SurveyAnswer).where(SurveyAnswer.survey_id.in_([survey.id for survey, _title in surveys]))
    for answer in session.scalars(wanted):
        answers[answer.survey_id].append(answer.answers)
    return [
        _rated(title, [(survey, answers[survey.id]) for survey, _title in of_course], fewest)
        for (_course_id, title), of_course in groupby(surveys, key=lambda row: (row[0].subject_id, row[1]))
    ]


def _rated(title: str, surveys: Sequence[tuple[Survey, Sequence[Mapping[str, Any]]]], fewest: int) -> Rated:
    """A survey that too few people rated is not part of the mean: what they said could be reckoned from it."""
    rated = [by_person for survey, answers in surveys if len(by_person := _ratings(survey, answers)) >= fewest]
    ratings = [rating for by_person in rated for given in by_person for rating in given]
    answered = sum(len(answers) for _survey, answers in surveys)
    return Rated(title, len(surveys), answered, _mean(sum(ratings), len(ratings)))


def _ratings(survey: Survey, answers: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    """By whoever gave any."""
    asked = {each["id"] for each in survey.questions if each["kind"] == QuestionKind.RATING}
    given = [[rating for name, rating in each.items() if name in asked] for each in answers]
    return [each for each in given if each]


def _mean(total: Any, number: int) -> Decimal | None:
    return (Decimal(int(total)) / number).quantize(HUNDREDTH, ROUND_HALF_UP) if number else None


def _hours(length: timedelta) -> Decimal:
    return (Decimal(int(length.total_seconds())) / 3600).quantize(HUNDREDTH, ROUND_HALF_UP)
