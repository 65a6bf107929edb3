"""Scores and rankings: everybody sees what is theirs, and nobody an aggregate before their own scores are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.chassis.i18n import translate
from services.recruitment.domain.explanation import explained
from services.recruitment.domain.outcomes import outcome
from services.recruitment.domain.points import written
from services.recruitment.domain.ranked import Line, Ranking, Total, from_text
from services.recruitment.domain.ranking import preview
from services.recruitment.domain.ranking_rules import RankingRules
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.selection_log import Entry, Kind
from services.recruitment.models import Application, Call, FrozenRanking, LogEntry
from services.recruitment.queries.judging import Progress

PACKAGE = "services.recruitment"


@dataclass(frozen=True)
class Sight:
    """What whoever asks may see of a ranking. named: applications whose lines they see whole, with their names; own: of
    them, those that are theirs. anonymous: they see the other lines without a name.
    """

    named: frozenset[str]
    own: frozenset[str] = frozenset()
    anonymous: bool = False
    progress: bool = False


@dataclass(frozen=True)
class Selected:
    """A ranking with what stands around it."""

    call: Call
    frozen: FrozenRanking | None
    applications: Mapping[str, Application]
    offered: frozenset[str]
    progress: Mapping[str, Progress]


def ranking(of: Selected, sight: Sight, rules: RecruitmentRules, locale: str) -> dict[str, Any]:
    zone, frozen, call = rules.centre.zone, of.frozen, of.call
    state = "open" if frozen is None else "frozen" if call.results_at is None else "published"
    return {
        "call_id": call.id,
        "state": state,
        "frozen_at": frozen.frozen_at.astimezone(zone) if frozen else None,
        "published_at": call.results_at.astimezone(zone) if call.results_at else None,
        "entries": frozen.entries if frozen else None,
        "inputs_digest": frozen.inputs_digest if frozen else None,
        "ranking_digest": frozen.ranking_digest if frozen else None,
        "lines": _lines(of, from_text(frozen.ranking), sight, locale) if frozen else [],
        "progress": [_progress(each, there) for each, there in of.progress.items()] if sight.progress else [],
    }


def _lines(of: Selected, ranked: Ranking, sight: Sight, locale: str) -> list[dict[str, Any]]:
    candidates = Counter(line.kind for line in ranked.lines)
    names = {each.id: each.names for each in of.call.criteria}
    shown = []
    for line in ranked.lines:
        known = _known(of, line)
        if line.application_id in sight.named:
            told = explained(line, ranked.rules, candidates=candidates[line.kind], names=names)
            shown.append(
                {
                    **known,
                    "application_id": line.application_id,
                    "organisation_name": of.applications[line.application_id].organisation_name,
                    "own": line.application_id in sight.own,
                    "mean": written(line.mean),
                    "bonus": written(line.bonus),
                    "totals": [total(each) for each in line.totals],
                    "explanation": [translate(PACKAGE, locale, message, details) for message, details in told],
                }
            )
        elif sight.anonymous:
            shown.append({**known, **NAMELESS})
    return shown


NAMELESS = {
    "application_id": None,
    "organisation_name": None,
    "own": False,
    "mean": None,
    "bonus": None,
    "totals": (),
    "explanation": (),
}


def _known(of: Selected, line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "rank": line.rank,
        "score": written(line.score),
        "passed": line.passed,
        "outcome": outcome(line, offered=line.application_id in of.offered),
    }


def _progress(application_id: str, there: Progress) -> dict[str, Any]:
    return {"application_id": application_id, "expected": there.expected, "submitted": there.submitted}


def total(of: Total) -> dict[str, Any]:
    return {
        "seat": of.seat,
        "scores": {name: written(points) for name, points in sorted(of.points.items())},
        "total": written(of.total),
        "counted": of.counted,
    }


def scores(
    of: Application,
    own: Sequence[LogEntry],
    comments: Mapping[str, str],
    there: Progress,
    *,
    log: Sequence[Entry] | None,
    ranking_rules: RankingRules,
    rules: RecruitmentRules,
) -> dict[str, Any]:
    """log: None where the aggregate may not be seen."""
    line = preview(log, ranking_rules, of.id, of.kind) if log is not None else None
    return {
        "application_id": of.id,
        "own": sheet(own, comments, ranking_rules, rules) if own else None,
        "expected": there.expected,
        "submitted": there.submitted,
        "totals": [total(each) for each in line.totals] if line else None,
        "mean": written(line.mean) if line else None,
        "bonus": written(line.bonus) if line else None,
    }


def sheet(
    own: Sequence[LogEntry], comments: Mapping[str, str], ranking_rules: RankingRules, rules: RecruitmentRules
) -> dict[str, Any]:
    """The last of what a judge gave."""
    last = own[-1]
    abstained = last.kind == Kind.ABSTENTION
    return {
        "scores": {} if abstained else last.content["points"],
        "comments": dict(comments),
        "total": None if abstained else written(_own_total(last, ranking_rules)),
        "abstained": abstained,
        "submitted_at": last.at.astimezone(rules.centre.zone),
        "corrections": len(own) - 1,
    }


def _own_total(entry: LogEntry, ranking_rules: RankingRules) -> Any:
    alone = Entry(1, Kind.SCORES, entry.application_id, entry.seat, entry.content)
    return preview([alone], ranking_rules, entry.application_id, "").totals[0].total
