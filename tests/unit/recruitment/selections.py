"""Generated selections, and an oracle that ranks them in its own way: on plain lists, with fractions, pair by pair."""

import random
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from hypothesis import strategies as st

from services.recruitment.domain.ranking_rules import RankingRules
from services.recruitment.domain.selection_log import Entry, Kind

CRITERIA = {"team": 30, "social_local": 30, "viability": 25, "fit": 15}
RULES = RankingRules(
    most={name: Decimal(most) for name, most in CRITERIA.items()},
    optional=frozenset({"fit"}),
    tie_chain=("social_local", "viability"),
    trim_from=5,
    quorum=3,
    pass_mark=Decimal(70),
    most_bonus=Decimal(3),
)


def spread(total: int | Decimal, social_local: int | None = None, viability: int | None = None) -> dict[str, str]:
    """Points whose sum is `total`, filled from the first criterion on."""
    left, points = Decimal(total), {}
    fixed = {name: value for name, value in (("social_local", social_local), ("viability", viability)) if value}
    left -= sum(fixed.values())
    for name, most in CRITERIA.items():
        if name in fixed:
            points[name] = str(fixed[name])
        else:
            given = min(left, Decimal(most))
            points[name], left = str(given), left - given
    assert left == 0
    return points


class Log:
    """Writes entries one after the other."""

    def __init__(self, rules: RankingRules = RULES) -> None:
        self.entries: list[Entry] = []
        self.write(Kind.RULES, content=rules.to_content())

    def write(self, entry: Kind, application_id: str = "", seat: int = 0, **content) -> "Log":
        given = content.get("content", content)
        self.entries.append(Entry(len(self.entries) + 1, entry, application_id, seat, given))
        return self

    def scored(self, application_id: str, *totals: int | Decimal, **means: int) -> "Log":
        """By the seats from 1 on, each with its total."""
        self.write(Kind.CANDIDATE, application_id, kind="office")
        for seat, total in enumerate(totals, start=1):
            self.write(Kind.SCORES, application_id, seat, points=spread(total, **means))
        return self


@st.composite
def logs(draw) -> list[Entry]:
    """Few different points, so that ties, trims and equal means are frequent."""
    rng = draw(st.randoms(use_true_random=False))
    log = Log()
    names = [f"application-{number}" for number in range(rng.randint(1, 8))]
    for name in rng.sample(names, len(names)):
        log.write(Kind.CANDIDATE, name, kind=rng.choice(["office", "office", "coworking"]))
    coarse = rng.random() < 0.7
    for _ in range(rng.randint(0, 45)):
        _happens(rng, log, names, coarse)
    return log.entries


def _happens(rng: random.Random, log: Log, names: list[str], coarse: bool) -> None:
    name, seat = rng.choice(names), rng.randint(1, 6)
    kind = rng.choices(
        [Kind.SCORES, Kind.ABSTENTION, Kind.RECUSAL, Kind.BONUS, Kind.WITHDRAWAL, Kind.VOTE], [70, 5, 5, 8, 2, 10]
    )[0]
    if kind is Kind.SCORES:
        log.write(kind, name, seat, points=_points(rng, coarse))
    elif kind is Kind.BONUS:
        log.write(kind, name, points=rng.choice(["0", "0.5", "1", "3"]), ground=rng.choice(["local", "consortium"]))
    elif kind is Kind.VOTE:
        log.write(kind, order=rng.sample(names, rng.randint(1, len(names))))
    else:
        log.write(kind, name, seat if kind is not Kind.WITHDRAWAL else 0)


KINDRED = [(30, 25, 15, 10), (25, 30, 15, 10), (25, 25, 20, 10), (30, 20, 20, 10), (20, 25, 20, 5), (20, 20, 25, 5)]
"""Points with the same sums, by criterion."""


def _points(rng: random.Random, coarse: bool) -> dict[str, str]:
    if coarse and rng.random() < 0.9:
        return dict(zip(CRITERIA, map(str, rng.choice(KINDRED)), strict=True))
    points = {}
    for name, most in CRITERIA.items():
        if name == "fit" and rng.random() < 0.1:
            continue
        low = Fraction(most, 2)
        points[name] = (
            str(rng.choice([int(low), most]) if rng.random() < 0.5 else most)
            if coarse
            else str(Decimal(rng.randint(0, most * 100)) / 100)
        )
    return points


# --- the oracle

WIDE = Context(prec=60)


def half_up(value: Fraction) -> Decimal:
    quotient = WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    return quotient.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP, context=WIDE)


def average(values: list[Decimal]) -> Decimal:
    return half_up(Fraction(sum(values, Decimal(0))) / len(values)) if values else Decimal("0.00")


def expected(log: list[Entry]) -> tuple[list[tuple[str, int, Decimal, bool]], set[frozenset[str]], set[str]]:
    """(application, rank, score, passed) of each, sorted by id; the groups that wait for a vote; those short of
    totals.
    """
    taking_part = {each.application_id: each.content["kind"] for each in log if each.kind is Kind.CANDIDATE}
    gone = {each.application_id for each in log if each.kind is Kind.WITHDRAWAL}
    votes = [list(each.content["order"]) for each in log if each.kind is Kind.VOTE]
    sheets = {name: _sheets(log, name) for name in taking_part if name not in gone}
    scores = {name: _score(log, name, valid) for name, valid in sheets.items()}

    def criterion(name: str, what: str) -> Decimal:
        return average([Decimal(points[what]) for points in sheets[name] if what in points])

    def better(one: str, other: str) -> int:
        """Below zero: `one` comes first. Zero: nothing tells them apart, but perhaps a vote."""
        for of in (lambda name: scores[name], lambda name: criterion(name, "social_local"),
                   lambda name: criterion(name, "viability")):  # fmt: skip
            if of(one) != of(other):
                return -1 if of(one) > of(other) else 1
        return 0

    def group_of(name: str) -> frozenset[str]:
        return frozenset(other for other in beside(name) if better(name, other) == 0)

    def beside(name: str) -> list[str]:
        return [other for other in scores if taking_part[other] == taking_part[name]]

    def vote_on(group: frozenset[str]) -> list[str] | None:
        about = [vote for vote in votes if group <= set(vote)]
        return about[-1] if about else None

    def before(one: str, other: str) -> bool:
        if better(one, other):
            return better(one, other) < 0
        vote = vote_on(group_of(one))
        return vote is not None and vote.index(one) < vote.index(other)

    lines = [
        (
            name,
            1 + sum(before(other, name) for other in beside(name) if other != name),
            scores[name],
            scores[name] >= 70,
        )
        for name in sorted(scores)
    ]
    waiting = {
        group_of(name)
        for name in scores
        if len(group_of(name)) > 1 and scores[name] >= 70 and vote_on(group_of(name)) is None
    }
    return lines, waiting, {name for name, valid in sheets.items() if len(valid) < 3}


def _sheets(log: list[Entry], name: str) -> list[dict[str, str]]:
    valid = []
    for seat in range(1, 7):
        own = [each for each in log if each.application_id == name and each.seat == seat]
        said = [each for each in own if each.kind in (Kind.SCORES, Kind.ABSTENTION)]
        if said and said[-1].kind is Kind.SCORES and not any(each.kind is Kind.RECUSAL for each in own):
            valid.append(said[-1].content["points"])
    return valid


def _score(log: list[Entry], name: str, valid: list[dict[str, str]]) -> Decimal:
    totals = []
    for points in valid:
        possible = sum(CRITERIA[each] for each in points)
        totals.append(half_up(sum(Fraction(each) for each in points.values()) * 100 / possible))
    if len(totals) >= 5:
        totals.remove(max(totals))
        totals.remove(min(totals))
    bonuses = [each.content["points"] for each in log if each.kind is Kind.BONUS and each.application_id == name]
    return average(totals) + Decimal(bonuses[-1] if bonuses else 0)
