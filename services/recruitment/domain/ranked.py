"""What a ranking says, and the text that it is frozen as: the same for the same log, on any machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.recruitment.contract.vocabulary import BonusGround, Counted
from services.recruitment.domain.points import read, written
from services.recruitment.domain.ranking_rules import RankingRules
from services.recruitment.domain.selection_log import canonical

VOTE = "vote"


@dataclass(frozen=True)
class Total:
    """A judge's points and their sum. scaled_from: the most that the given criteria give, where one was skipped."""

    seat: int
    points: Mapping[str, Decimal]
    total: Decimal
    counted: Counted
    scaled_from: Decimal | None = None


@dataclass(frozen=True)
class Line:
    """One application in the ranking of its kind of unit. means: of the criteria in the tie chain, over all totals.
    decided_by: the criterion (or "vote") that told it apart from those with its score; empty where the score did.
    """

    application_id: str
    kind: str
    rank: int
    score: Decimal
    mean: Decimal
    bonus: Decimal
    passed: bool
    totals: tuple[Total, ...]
    abstained: tuple[int, ...]
    recused: tuple[int, ...]
    means: Mapping[str, Decimal]
    decided_by: str = ""
    bonus_ground: BonusGround | None = None


@dataclass(frozen=True)
class Ranking:
    """lines: by kind of unit, from the first rank on. quorum_missing: applications with too few totals. ties: those
    that wait for a vote, each group sorted.
    """

    rules: RankingRules
    lines: tuple[Line, ...]
    quorum_missing: tuple[str, ...]
    ties: tuple[tuple[str, ...], ...]

    def line(self, application_id: str) -> Line | None:
        return next((line for line in self.lines if line.application_id == application_id), None)


def to_text(ranking: Ranking) -> str:
    return canonical(
        {
            "rules": ranking.rules.to_content(),
            "lines": [_line_json(line) for line in ranking.lines],
            "quorum_missing": list(ranking.quorum_missing),
            "ties": [list(tie) for tie in ranking.ties],
        }
    )


def from_text(text: str) -> Ranking:
    content = json.loads(text)
    return Ranking(
        RankingRules.from_content(content["rules"]),
        tuple(_line(each) for each in content["lines"]),
        tuple(content["quorum_missing"]),
        tuple(tuple(tie) for tie in content["ties"]),
    )


def _line_json(line: Line) -> dict[str, Any]:
    return {
        **vars(line),
        "score": written(line.score),
        "mean": written(line.mean),
        "bonus": written(line.bonus),
        "means": _written(line.means),
        "totals": [
            {
                **vars(each),
                "points": _written(each.points),
                "total": written(each.total),
                "scaled_from": written(each.scaled_from) if each.scaled_from is not None else None,
            }
            for each in line.totals
        ],
    }


def _line(content: Mapping[str, Any]) -> Line:
    numbers = {name: read(content[name]) for name in ("score", "mean", "bonus")}
    seats = {name: tuple(content[name]) for name in ("abstained", "recused")}
    totals = tuple(_total(each) for each in content["totals"])
    ground = BonusGround(content["bonus_ground"]) if content["bonus_ground"] else None
    means = _read(content["means"])
    return Line(**{**content, **numbers, **seats, "means": means, "totals": totals, "bonus_ground": ground})


def _total(content: Mapping[str, Any]) -> Total:
    scaled = content["scaled_from"]
    return Total(
        content["seat"],
        _read(content["points"]),
        read(content["total"]),
        Counted(content["counted"]),
        read(scaled) if scaled is not None else None,
    )


def _written(points: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: written(value) for name, value in points.items()}


def _read(points: Mapping[str, str]) -> dict[str, Decimal]:
    return {name: read(value) for name, value in points.items()}
