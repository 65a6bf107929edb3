"""What callers are shown of the support work: times in the centre's zone. The answers' schemas say which parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.training.domain.rules import TrainingRules
from services.training.domain.support.survey import Said, said
from services.training.models.base import Base
from services.training.models.support.survey import Finding, FindingDeed, Survey, SurveyAnswer
from services.training.queries.support.paging import Page
from services.training.schemas.support.survey import QuestionKind


def row(of: Base, rules: TrainingRules, **more: Any) -> dict[str, Any]:
    """A row by its columns, and `more`."""
    shown = {column.key: getattr(of, column.key) for column in of.__mapper__.column_attrs}
    local = {
        name: value.astimezone(rules.centre.zone) if isinstance(value, datetime) else value
        for name, value in shown.items()
    }
    return {**local, **more}


def page(found: Page, rules: TrainingRules) -> dict[str, Any]:
    return {"items": [row(each, rules) for each in found.items], "next_cursor": found.next_cursor}


def finding(
    of: Finding, voices: Mapping[str, int], deeds: Mapping[str, Sequence[FindingDeed]], rules: TrainingRules
) -> dict[str, Any]:
    """voices: how many there are, by theme."""
    own = [row(each, rules) for each in deeds.get(of.id, ())]
    return row(of, rules, voices=voices.get(of.theme, 0), deeds=own)


def survey(
    of: Survey, answers: Mapping[str, int], rules: TrainingRules, *, answered: Container[str] = ()
) -> dict[str, Any]:
    """answered: surveys that the reader has answered."""
    return row(of, rules, answers=answers.get(of.id, 0), answered=of.id in answered)


def results(of: Survey, answers: Sequence[SurveyAnswer], rules: TrainingRules) -> dict[str, Any]:
    everybody = [each.answers for each in answers]
    fewest = rules.support.fewest_answers
    return {
        "survey": survey(of, {of.id: len(answers)}, rules),
        "questions": [_result(each, said(of.subject, each["id"], everybody, fewest)) for each in of.questions],
    }


def _result(question: Mapping[str, Any], given: Said) -> dict[str, Any]:
    is_rating = question["kind"] == QuestionKind.RATING
    return {
        **question,
        "answers": given.number,
        "withheld": given.withheld,
        "mean": mean(given.answers) if is_rating else None,
        "counts": dict(Counter(map(str, given.answers))) if is_rating else {},
        "texts": [] if is_rating else given.answers,
    }


def mean(ratings: Sequence[int]) -> str | None:
    """To 0.01, half up; None of nothing."""
    if not ratings:
        return None
    return str((Decimal(sum(ratings)) / len(ratings)).quantize(Decimal("0.01"), ROUND_HALF_UP))
