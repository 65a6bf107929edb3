"""A person is erased: the work stays and is counted, they go. Rule: DOMAIN, Notification (erased everywhere)."""

from __future__ import annotations

import json

from sqlalchemy import Text, cast, delete, select, update
from sqlalchemy.orm import Session

from services.chassis import idempotency, ids, inbox
from services.training.domain.support.survey import respondent_of
from services.training.models.support.bases import NOBODY
from services.training.models.support.consulting import (
    Consultant,
    Consultation,
    ConsultationLog,
    Introduction,
    Opportunity,
)
from services.training.models.support.network import ActionItem, Meeting, Member
from services.training.models.support.programmes import Activist, Community, Programme, Support, Visit
from services.training.models.support.survey import Asset, Finding, Survey, SurveyAnswer, Voice

ENTERED_BY = (
    (Opportunity, "entered_by"),
    (Introduction, "introduced_by"),
    (Programme, "opened_by"),
    (Visit, "planned_by"),
    (Visit, "reported_by"),
    (Visit, "activist_id"),
    (Asset, "entered_by"),
    (Voice, "entered_by"),
    (Finding, "entered_by"),
    (Meeting, "entered_by"),
    (ActionItem, "entered_by"),
    (Survey, "opened_by"),
    (Consultation, "diagnosed_by"),
    (Consultation, "assigned_by"),
    (Consultation, "consultant_id"),
    (ConsultationLog, "author_id"),
)
"""Where a person's id is replaced and nothing else is theirs."""


def erase_person(session: Session, person_id: str) -> None:
    """What an organisation asked and was told stays with the organisation. A person who is an asset goes altogether."""
    _erase_consultations(session, person_id)
    _erase_from_reasons(session, person_id)
    for table, name in ENTERED_BY:
        column = getattr(table, name)
        session.execute(update(table).where(column == person_id).values({name: NOBODY}))
    session.execute(
        update(ActionItem)
        .where(ActionItem.owner_id == person_id)
        .values(owner_id=NOBODY, owner_name="", remind_at=None)
    )
    session.execute(update(Community).where(Community.representative_id == person_id).values(representative_id=None))
    session.execute(update(Member).where(Member.person_id == person_id).values(person_id=None))
    session.execute(update(Support).where(Support.activist_id == person_id).values(activist_id=None, assigned_at=None))
    for gone in (
        delete(Activist).where(Activist.id == person_id),
        delete(Consultant).where(Consultant.id == person_id),
        delete(Asset).where(Asset.person_id == person_id),
    ):
        session.execute(gone)
    _part_from_answers(session, person_id)
    idempotency.forget(session, person_id)
    inbox.forget(session, person_id)


def _erase_consultations(session: Session, person_id: str) -> None:
    own = Consultation.requester_id == person_id
    alone = select(Consultation.id).where(own, Consultation.organisation_id.is_(None))
    ids_alone = list(session.scalars(alone))
    session.execute(update(ConsultationLog).where(ConsultationLog.consultation_id.in_(ids_alone)).values(notes=""))
    session.execute(
        update(Consultation)
        .where(Consultation.id.in_(ids_alone))
        .values(title="", need="", diagnosis=None, report=None, comment=None)
    )
    session.execute(update(Consultation).where(own).values(requester_id=NOBODY, requester_name="", comment=None))


def _erase_from_reasons(session: Session, person_id: str) -> None:
    """Why a consultant was chosen names everybody who was considered for it."""
    if session.get(Consultant, person_id) is None:
        return
    naming = cast(Consultation.match_reason, Text).contains(json.dumps(person_id), autoescape=True)
    for consultation in session.scalars(select(Consultation).where(naming)):
        consultation.forget_considered(person_id)
    session.flush()


def _part_from_answers(session: Session, person_id: str) -> None:
    """The answers stay, by nobody: they had no name, and now nobody can look whose they are."""
    respondents = [respondent_of(survey_id, person_id) for survey_id in session.scalars(select(Survey.id))]
    given = select(SurveyAnswer).where(SurveyAnswer.respondent.in_(respondents))
    for answer in session.scalars(given):
        answer.respondent = ids.new_id()
