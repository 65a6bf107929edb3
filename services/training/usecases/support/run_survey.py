"""A survey after a course or a consultation: opened by staff, answered once by each who took part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.errors import Invalid, NotFound, Refused
from services.chassis.i18n import msgid as _
from services.training.domain.rules import TrainingRules
from services.training.domain.support import refusals
from services.training.domain.support.survey import Subject, respondent_of
from services.training.models.support.consulting import Consultation
from services.training.models.support.survey import Survey, SurveyAnswer
from services.training.queries.support.courses import is_course
from services.training.queries.support.survey import meant_for
from services.training.schemas.support.survey import AnswerSurvey, OpenSurvey, QuestionKind
from services.training.usecases.support import access

NO_SURVEY = _("There is no such survey.")
NO_COURSE = _("There is no such course.")
MOST_WRITTEN = 2000


def open_survey(session: Session, command: OpenSurvey, *, actor: Actor, now: datetime) -> Survey:
    """Raises Forbidden, NotFound for what it is about, Invalid when it would be over already."""
    roles.require_staff(actor)
    if command.closes_at <= now:
        raise Invalid(errors={"closes_at": [_("Give a time that is still to come.")]})
    if command.subject is Subject.CONSULTATION and session.get(Consultation, command.subject_id) is None:
        raise NotFound(access.NO_CONSULTATION)
    if command.subject is Subject.COURSE and not is_course(session, command.subject_id):
        raise NotFound(NO_COURSE)
    survey = Survey(id=ids.new_id(), **vars(command), opened_by=actor.id, opened_at=now)
    session.add(survey)
    return survey


def answer_survey(
    session: Session, command: AnswerSurvey, *, actor: Actor, rules: TrainingRules, now: datetime
) -> Survey:
    """Raises NotFound for a survey that is not for the actor, Invalid for the answers, Refused."""
    roles.require_person(actor)
    survey = session.get(Survey, command.survey_id)
    if survey is None or not takes_part(session, survey, actor):
        raise NotFound(NO_SURVEY)
    _require_fitting(survey, command.answers)
    respondent = respondent_of(survey.id, actor.id)
    given = select(SurveyAnswer.id).where(SurveyAnswer.survey_id == survey.id, SurveyAnswer.respondent == respondent)
    found = [refusals.survey_closed()] if now >= survey.closes_at else []
    if session.scalars(given).first() is not None:
        found.append(refusals.already_answered())
    if found:
        raise Refused(found)
    session.add(
        SurveyAnswer(
            id=ids.new_id(),
            survey_id=survey.id,
            respondent=respondent,
            answers=dict(command.answers),
            answered_on=now.astimezone(rules.centre.zone).date(),
        )
    )
    session.flush()
    return survey


def takes_part(session: Session, survey: Survey, actor: Actor) -> bool:
    return session.scalar(select(Survey.id).where(Survey.id == survey.id, meant_for(actor))) is not None


def _require_fitting(survey: Survey, answers: Mapping[str, Any]) -> None:
    """A question may be left out; what is answered is asked. Raises Invalid."""
    questions = {each["id"]: each["kind"] for each in survey.questions}
    errors: dict[str, list[str]] = {}
    for name, answer in answers.items():
        if name not in questions:
            errors[name] = [_("This is not asked.")]
        elif questions[name] == QuestionKind.RATING:
            if isinstance(answer, bool) or not isinstance(answer, int) or not 1 <= answer <= 5:
                errors[name] = [_("Give a whole number from 1 to 5.")]
        elif not isinstance(answer, str) or len(answer) > MOST_WRITTEN or "\0" in answer:
            errors[name] = [_("Give a text of at most 2,000 characters.")]
    if errors:
        raise Invalid(errors={"answers": errors})
    if not answers:
        raise Invalid(errors={"answers": [_("Answer at least one question.")]})
