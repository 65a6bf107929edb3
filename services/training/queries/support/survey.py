"""The resource survey and the surveys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.training.contract.vocabulary import EnrolmentStatus
from services.training.domain.support.survey import Subject, respondent_of
from services.training.models.courses import Enrolment
from services.training.models.support.consulting import Consultation
from services.training.models.support.survey import Asset, Finding, FindingDeed, Survey, SurveyAnswer, Voice
from services.training.queries.support.consulting import asked_by
from services.training.queries.support.paging import Page, by_id, newest_first
from services.training.schemas.support.bases import FindPage
from services.training.schemas.support.survey import FindAssets, FindSurveys, FindVoices


def find_assets(session: Session, find: FindAssets) -> Page:
    chosen = select(Asset)
    for name in ("kind", "field"):
        if (value := getattr(find, name)) is not None:
            chosen = chosen.where(getattr(Asset, name) == value)
    return by_id(session, chosen, Asset.id, limit=find.limit, cursor=find.cursor)


def find_voices(session: Session, find: FindVoices) -> Page:
    chosen = select(Voice)
    if find.theme is not None:
        chosen = chosen.where(Voice.theme == find.theme)
    return newest_first(session, chosen, Voice.id, limit=find.limit, cursor=find.cursor)


def themes(session: Session) -> list[tuple[str, int]]:
    """With how many voices each has, the loudest first."""
    counted = select(Voice.theme, func.count()).group_by(Voice.theme)
    return sorted(((row[0], row[1]) for row in session.execute(counted)), key=lambda each: (-each[1], each[0]))


def find_findings(session: Session, find: FindPage) -> Page:
    """By rank. A cursor is the rank before."""
    chosen = select(Finding).where(Finding.rank > _rank_before(find.cursor)).order_by(Finding.rank)
    found = session.scalars(chosen.limit(find.limit + 1)).all()
    shown = found[: find.limit]
    return Page(shown, str(shown[-1].rank) if len(found) > find.limit else None)


def voices_of(session: Session, themes: Iterable[str]) -> Mapping[str, int]:
    """How many there are, by theme."""
    counted = select(Voice.theme, func.count()).where(Voice.theme.in_(list(themes))).group_by(Voice.theme)
    return {row[0]: row[1] for row in session.execute(counted)}


def deeds_of(session: Session, findings: Iterable[str]) -> Mapping[str, list[FindingDeed]]:
    found: dict[str, list[FindingDeed]] = {}
    chosen = select(FindingDeed).where(FindingDeed.finding_id.in_(list(findings))).order_by(FindingDeed.id)
    for deed in session.scalars(chosen):
        found.setdefault(deed.finding_id, []).append(deed)
    return found


def meant_for(actor: Actor) -> ColumnElement[bool]:
    """The surveys about courses in which the actor has a place, and about consultations that they, or an organisation
    of theirs, asked for.
    """
    places = select(Enrolment.course_id).where(
        Enrolment.person_id == actor.id, Enrolment.status == EnrolmentStatus.CONFIRMED
    )
    asked = select(Consultation.id).where(asked_by(actor))
    return or_(
        (Survey.subject == Subject.COURSE) & Survey.subject_id.in_(places),
        (Survey.subject == Subject.CONSULTATION) & Survey.subject_id.in_(asked),
    )


def find_surveys(session: Session, find: FindSurveys, *, actor: Actor, all_of_them: bool) -> Page:
    """Newest first. Without `all_of_them` those that are for the actor."""
    chosen = select(Survey)
    if not all_of_them:
        chosen = chosen.where(meant_for(actor))
    for name in ("subject", "subject_id"):
        if (value := getattr(find, name)) is not None:
            chosen = chosen.where(getattr(Survey, name) == value)
    return newest_first(session, chosen, Survey.id, limit=find.limit, cursor=find.cursor)


def number_of_answers(session: Session, surveys: Iterable[str]) -> Mapping[str, int]:
    counted = select(SurveyAnswer.survey_id, func.count()).where(SurveyAnswer.survey_id.in_(list(surveys)))
    return {row[0]: row[1] for row in session.execute(counted.group_by(SurveyAnswer.survey_id))}


def answered_by(session: Session, surveys: Iterable[str], person_id: str) -> set[str]:
    """Those of the surveys that the person has answered."""
    respondents = [respondent_of(each, person_id) for each in surveys]
    return set(session.scalars(select(SurveyAnswer.survey_id).where(SurveyAnswer.respondent.in_(respondents))))


def answers_to(session: Session, survey_id: str) -> Sequence[SurveyAnswer]:
    """By nobody's order: ids grow with time, hashes do not."""
    chosen = select(SurveyAnswer).where(SurveyAnswer.survey_id == survey_id)
    return session.scalars(chosen.order_by(SurveyAnswer.respondent)).all()


def answers_by_survey(session: Session) -> list[tuple[Survey, list[dict[str, Any]]]]:
    """Every survey with what each person answered."""
    answers: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in session.execute(select(SurveyAnswer.survey_id, SurveyAnswer.answers)):
        answers[row[0]].append(row[1])
    return [(each, answers[each.id]) for each in session.scalars(select(Survey).order_by(Survey.id))]


def _rank_before(cursor: str | None) -> int:
    """Raises Invalid."""
    if cursor is None:
        return 0
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 9:
        raise Invalid(errors={"cursor": [_("Give the next_cursor of the page before.")]})
    return int(cursor)
