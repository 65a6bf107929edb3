"""Every list of the service as rows, for files. What a column holds that is nobody's business in a file, such as the
code with which a certificate is verified, is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.i18n import msgid as _
from services.training.domain.support.lists import COLUMNS, ImportKind
from services.training.domain.support.survey import said
from services.training.models.base import Base
from services.training.models.courses import Certificate, Course, CourseSession, Enrolment, Mark, Refund
from services.training.models.support.consulting import (
    Consultant,
    Consultation,
    ConsultationLog,
    Introduction,
    Opportunity,
)
from services.training.models.support.network import ActionItem, Meeting, Member, Milestone
from services.training.models.support.programmes import Activist, Community, Programme, Support, Visit
from services.training.models.support.survey import Asset, Finding, FindingDeed, Survey, Voice
from services.training.queries.support.survey import answers_by_survey
from services.training.schemas.support.lists import ExportKind


class Table(NamedTuple):
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


TABLES: Mapping[ExportKind, tuple[type[Base], tuple[str, ...]]] = {
    # as they can be imported
    ExportKind.COMMUNITIES: (Community, COLUMNS[ImportKind.COMMUNITIES]),
    ExportKind.ASSETS: (Asset, COLUMNS[ImportKind.ASSETS]),
    ExportKind.MEMBERS: (Member, COLUMNS[ImportKind.MEMBERS]),
    ExportKind.ACTIVISTS: (
        Activist,
        (_("id"), _("name"), _("field"), _("area"), _("certificate"), _("active"), _("since")),
    ),
    ExportKind.CONSULTANTS: (Consultant, (_("id"), _("name"), _("topics"), _("most"), _("active"))),
    ExportKind.CONSULTATIONS: (
        Consultation,
        (
            _("id"),
            _("topic"),
            _("field"),
            _("title"),
            _("status"),
            _("requester_name"),
            _("organisation_id"),
            _("requested_at"),
            _("consultant_id"),
            _("reported_at"),
            _("satisfaction"),
        ),
    ),
    ExportKind.CONSULTATION_LOGS: (
        ConsultationLog,
        (_("consultation_id"), _("held_at"), _("minutes"), _("author_id"), _("notes")),
    ),
    ExportKind.OPPORTUNITIES: (
        Opportunity,
        (_("id"), _("channel"), _("title"), _("organiser"), _("field"), _("closes_on"), _("entered_at")),
    ),
    ExportKind.INTRODUCTIONS: (
        Introduction,
        (
            _("opportunity_id"),
            _("organisation_id"),
            _("organisation_name"),
            _("introduced_at"),
            _("result"),
            _("amount"),
            _("note"),
        ),
    ),
    ExportKind.PROGRAMMES: (Programme, (_("id"), _("title"), _("year"), _("stage"), _("field"), _("ceiling"))),
    ExportKind.SUPPORTS: (
        Support,
        (_("programme_id"), _("community_id"), _("amount"), _("grant_id"), _("activist_id"), _("assigned_at")),
    ),
    ExportKind.VISITS: (
        Visit,
        (
            _("id"),
            _("programme_id"),
            _("community_id"),
            _("activist_id"),
            _("visit_at"),
            _("status"),
            _("attendees"),
            _("minutes"),
            _("report"),
            _("reported_at"),
        ),
    ),
    ExportKind.VOICES: (Voice, (_("theme"), _("words"), _("field"), _("area"), _("source"), _("heard_on"))),
    ExportKind.FINDINGS: (
        Finding,
        (_("rank"), _("id"), _("title"), _("theme"), _("field"), _("text"), _("entered_at")),
    ),
    ExportKind.DEEDS: (FindingDeed, (_("finding_id"), _("kind"), _("reference"), _("note"), _("done_on"))),
    ExportKind.MEETINGS: (Meeting, (_("id"), _("title"), _("field"), _("held_at"), _("place"), _("minutes"))),
    ExportKind.ACTIONS: (
        ActionItem,
        (_("id"), _("meeting_id"), _("title"), _("owner_name"), _("due_on"), _("status"), _("done_at")),
    ),
    ExportKind.SURVEYS: (Survey, (_("id"), _("subject"), _("subject_id"), _("title"), _("closes_at"))),
    ExportKind.MILESTONES: (Milestone, (_("kind"), _("organisation_id"), _("happened_on"))),
    ExportKind.COURSES: (
        Course,
        (_("id"), _("title"), _("field"), _("track"), _("capacity"), _("taken"), _("waiting"), _("fee"), _("status")),
    ),
    ExportKind.COURSE_SESSIONS: (
        CourseSession,
        (_("course_id"), _("space_id"), _("starts_at"), _("ends_at"), _("instructor_name"), _("status")),
    ),
    ExportKind.ENROLMENTS: (
        Enrolment,
        (_("course_id"), _("number"), _("person_id"), _("person_name"), _("status"), _("fee"), _("enrolled_at")),
    ),
    ExportKind.CERTIFICATES: (
        Certificate,
        (_("number"), _("course_id"), _("title"), _("field"), _("track"), _("person_name"), _("issued_at")),
    ),
    ExportKind.ATTENDANCE: (
        Mark,
        (_("session_id"), _("person_id"), _("direction"), _("at"), _("recorded_by"), _("recorded_at")),
    ),
    ExportKind.REFUNDS: (
        Refund,
        (
            _("course_id"),
            _("enrolment_id"),
            _("session_id"),
            _("amount"),
            _("reason_code"),
            _("owed_since"),
            _("withdrawn_at"),
        ),
    ),
}
RESULTS = (_("survey_id"), _("title"), _("subject"), _("subject_id"), _("question"), _("answer"), _("answers"))


def list_for_file(session: Session, kind: ExportKind, *, fewest: int) -> Table:
    """In the order of their keys. fewest: answers to a question about a course; what fewer said is left out."""
    if kind is ExportKind.SURVEY_RESULTS:
        return Table(RESULTS, list(_results(session, fewest)))
    table, columns = TABLES[kind]
    order = table.__mapper__.primary_key
    found = session.execute(select(*(getattr(table, name) for name in columns)).order_by(*order))
    return Table(columns, [tuple(row) for row in found])


def _results(session: Session, fewest: int) -> Iterator[tuple[Any, ...]]:
    """A row for each answer that was given to a question, with how often it was. The answer is None where too few gave
    any.
    """
    for survey, answers in answers_by_survey(session):
        about = (survey.id, survey.title, survey.subject, survey.subject_id)
        for question in survey.questions:
            given = said(survey.subject, question["id"], answers, fewest)
            if given.withheld:
                yield (*about, question["text"], None, given.number)
            for answer, times in sorted(Counter(given.answers).items()):
                yield (*about, question["text"], answer, times)
