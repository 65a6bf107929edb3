"""What callers are shown of the support work: times in the centre's zone. The answers' schemas say which parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.training.domain.rules import TrainingRules
from services.training.domain.support.survey import Said, said
from services.training.domain.support.visits import Status
from services.training.models.base import Base
from services.training.models.support.programmes import Activist, Community, Programme, Support, Visit
from services.training.models.support.survey import Finding, FindingDeed, Survey, SurveyAnswer
from services.training.queries.support.paging import Page
from services.training.queries.support.programmes import Sums
from services.training.schemas.support.survey import QuestionKind
from services.training.usecases.support.spread_communities import Spread


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


def programme(of: Programme, sums: Mapping[str, Sums], rules: TrainingRules) -> dict[str, Any]:
    return row(of, rules, **sums.get(of.id, Sums())._asdict())


def support(of: Support, communities: Mapping[str, Community], rules: TrainingRules) -> dict[str, Any]:
    return row(of, rules, community=row(communities[of.community_id], rules))


def visit(of: Visit, communities: Mapping[str, Community], rules: TrainingRules) -> dict[str, Any]:
    overdue = of.status == Status.PLANNED and of.reminded_at is not None
    return row(of, rules, community=row(communities[of.community_id], rules), overdue=overdue)


def activist(of: Activist, loads: Mapping[str, int], rules: TrainingRules) -> dict[str, Any]:
    return row(of, rules, load=loads.get(of.id, 0))


def spread(of: Spread) -> dict[str, Any]:
    """Who has the most comes first."""
    items = [_load(each, of) for each in of.activists]
    return {
        "programme_id": of.programme.id,
        "communities": len(of.activist_of),
        "moved": of.moved,
        "items": sorted(items, key=lambda each: (-each["load"], each["activist_id"])),
    }


def _load(activist: Activist, of: Spread) -> dict[str, Any]:
    own = sorted(community for community, chosen in of.activist_of.items() if chosen == activist.id)
    return {
        "activist_id": activist.id,
        "name": activist.name,
        "load": len(own),
        "elsewhere": of.elsewhere.get(activist.id, 0),
        "community_ids": own,
    }


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
