"""The ranking of a selection: one pure function of its log. Each kind of unit has a ranking of its own.

Rules: DOMAIN, Recruitment (score) and scenarios 23-26. Limits: what cannot be told apart by score, by the means of the
criteria in the tie chain and by a vote stays tied. Tied applications that pass block the result; tied ones below the
pass mark share their rank, since nothing hangs on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from services.recruitment.contract.vocabulary import BonusGround, Counted
from services.recruitment.domain.points import mean, read, rounded
from services.recruitment.domain.ranked import VOTE, Line, Ranking, Total
from services.recruitment.domain.ranking_rules import RankingRules
from services.recruitment.domain.selection_log import Entry, Kind, in_order

Votes = Sequence[Sequence[str]]


@dataclass
class _Facts:
    """What the log says in the end. candidates: with the kind of unit that they want."""

    rules: RankingRules | None = None
    candidates: dict[str, str] = field(default_factory=dict)
    points: dict[tuple[str, int], Mapping[str, Decimal] | None] = field(default_factory=dict)
    recused: set[tuple[str, int]] = field(default_factory=set)
    bonus: dict[str, tuple[Decimal, BonusGround]] = field(default_factory=dict)
    votes: list[Sequence[str]] = field(default_factory=list)


def rank(log: Iterable[Entry]) -> Ranking:
    """The order in which the entries are given means nothing; their numbers do. Raises ValueError: the log has gaps,
    or no rules.
    """
    facts = _facts(in_order(log))
    if facts.rules is None:
        raise ValueError("the log says no rules")
    assessed = [_assessed(application_id, facts, facts.rules) for application_id in sorted(facts.candidates)]
    missing = tuple(line.application_id for line in assessed if len(line.totals) < facts.rules.quorum)
    lines: list[Line] = []
    ties: list[tuple[str, ...]] = []
    for kind in sorted(set(facts.candidates.values())):
        placed, tied = _placed([line for line in assessed if line.kind == kind], facts.votes)
        lines += placed
        ties += tied
    return Ranking(facts.rules, tuple(lines), missing, tuple(ties))


def _facts(log: Sequence[Entry]) -> _Facts:
    facts = _Facts()
    for entry in log:
        key = (entry.application_id, entry.seat)
        match entry.kind:
            case Kind.RULES:
                facts.rules = RankingRules.from_content(entry.content)
            case Kind.CANDIDATE:
                facts.candidates[entry.application_id] = entry.content["kind"]
            case Kind.WITHDRAWAL:
                facts.candidates.pop(entry.application_id, None)
            case Kind.SCORES:
                facts.points[key] = {name: read(points) for name, points in entry.content["points"].items()}
            case Kind.ABSTENTION:
                facts.points[key] = None
            case Kind.RECUSAL:
                facts.recused.add(key)
            case Kind.BONUS:
                bonus = read(entry.content["points"]), BonusGround(entry.content["ground"])
                facts.bonus[entry.application_id] = bonus
            case Kind.VOTE:
                facts.votes.append(entry.content["order"])
    return facts


def _assessed(application_id: str, facts: _Facts, rules: RankingRules) -> Line:
    """With rank 0: places are given later."""
    heard = {seat: points for (about, seat), points in sorted(facts.points.items()) if about == application_id}
    recused = tuple(sorted(seat for about, seat in facts.recused if about == application_id))
    valid = {seat: points for seat, points in heard.items() if points is not None and seat not in recused}
    totals = _trimmed([_total(seat, points, rules) for seat, points in valid.items()], rules)
    average = mean(each.total for each in totals if each.counted is Counted.YES)
    granted, ground = facts.bonus.get(application_id, (Decimal(0), None))
    bonus = rounded(min(granted, rules.most_bonus))
    return Line(
        application_id=application_id,
        kind=facts.candidates[application_id],
        rank=0,
        score=average + bonus,
        mean=average,
        bonus=bonus,
        passed=average + bonus >= rules.pass_mark,
        totals=tuple(totals),
        abstained=tuple(seat for seat, points in heard.items() if points is None and seat not in recused),
        recused=recused,
        bonus_ground=ground if bonus else None,
        means={name: mean(each[name] for each in valid.values() if name in each) for name in rules.tie_chain},
    )


def _total(seat: int, points: Mapping[str, Decimal], rules: RankingRules) -> Total:
    """The sum of the points. Where an optional criterion was skipped it is scaled to all of them, so that the skipping
    neither lowers nor raises it.
    """
    given = sum((Fraction(each) for each in points.values()), Fraction())
    possible = sum((rules.most[name] for name in points), Decimal(0))
    whole = sum(rules.most.values(), Decimal(0))
    if possible == whole:
        return Total(seat, points, rounded(given), Counted.YES)
    return Total(seat, points, rounded(given * Fraction(whole) / Fraction(possible)), Counted.YES, possible)


def _trimmed(totals: Sequence[Total], rules: RankingRules) -> list[Total]:
    """From the lowest on. Of equal totals it does not matter which one is left out."""
    ordered = sorted(totals, key=lambda each: (each.total, each.seat))
    if len(ordered) < rules.trim_from:
        return ordered
    lowest, *between, highest = ordered
    return [replace(lowest, counted=Counted.LOWEST), *between, replace(highest, counted=Counted.HIGHEST)]


def _placed(assessed: Sequence[Line], votes: Votes) -> tuple[list[Line], list[tuple[str, ...]]]:
    """By score, then by the means of the tie chain, then by vote. Those that are still tied share a rank."""
    lines: list[Line] = []
    ties: list[tuple[str, ...]] = []
    for _, alike in groupby(sorted(assessed, key=_merit), key=_merit):
        group = sorted(alike, key=lambda line: line.application_id)
        first = len(lines) + 1
        decided = _decided_by(group[0], assessed)
        if order := _voted(group, votes):
            lines += [replace(line, rank=first + after, decided_by=VOTE) for after, line in enumerate(order)]
        else:
            lines += [replace(line, rank=first, decided_by=decided) for line in group]
            if len(group) > 1 and group[0].passed:
                ties.append(tuple(line.application_id for line in group))
    return lines, ties


def _merit(line: Line) -> tuple[Decimal, ...]:
    """The higher, the earlier. The means stand in the order of the tie chain."""
    return (-line.score, *(-value for value in line.means.values()))


def _decided_by(line: Line, assessed: Sequence[Line]) -> str:
    """The last criterion of the tie chain that was needed to tell it apart from others with its score."""
    beside = [other for other in assessed if other.score == line.score]
    needed = ""
    for name, value in line.means.items():
        left = [other for other in beside if other.means[name] == value]
        needed = name if len(left) < len(beside) else needed
        beside = left
    return needed


def _voted(group: Sequence[Line], votes: Votes) -> list[Line]:
    """In the order of the last vote that was about all of them; where there is nothing to vote on, or no vote, none."""
    tied = {line.application_id for line in group}
    order = next((list(vote) for vote in reversed(votes) if tied <= set(vote)), None)
    return sorted(group, key=lambda line: order.index(line.application_id)) if order and len(group) > 1 else []


def preview(log: Sequence[Entry], rules: RankingRules, application_id: str, kind: str) -> Line:
    """How one application stands by what is in the log so far."""
    after = len(log)
    asked = Entry(after + 1, Kind.RULES, content=rules.to_content())
    candidate = Entry(after + 2, Kind.CANDIDATE, application_id, content={"kind": kind})
    line = rank([*log, asked, candidate]).line(application_id)
    assert line is not None
    return line
