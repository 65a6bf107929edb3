"""How a rank came about, line by line, for whoever it is about. Each line is a msgid with the details that fill it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from services.chassis.i18n import msgid as _
from services.recruitment.contract.vocabulary import BonusGround, Counted
from services.recruitment.domain.points import written
from services.recruitment.domain.ranked import VOTE, Line
from services.recruitment.domain.ranking_rules import RankingRules

BONUS = {
    BonusGround.LOCAL: _("With a bonus of %(bonus)s for work in the district the score is %(score)s."),
    BonusGround.CONSORTIUM: _("With a bonus of %(bonus)s for a consortium the score is %(score)s."),
}
Said = tuple[str, Mapping[str, Any]]


def explained(
    line: Line, rules: RankingRules, *, candidates: int, names: Mapping[str, Mapping[str, str]]
) -> Iterator[Said]:
    """candidates: how many are in this ranking. names: of the criteria, by language."""
    yield _("Judges who scored this application: %(count)d."), {"count": len(line.totals)}
    if line.recused:
        yield _("Judges who were recused: %(count)d."), {"count": len(line.recused)}
    if line.abstained:
        yield _("Judges who abstained: %(count)d."), {"count": len(line.abstained)}
    yield from _scaled(line, rules)
    yield from _counted(line)
    yield _("Their mean is %(mean)s points, to two decimals, half up."), {"mean": written(line.mean)}
    if line.bonus_ground:
        yield BONUS[line.bonus_ground], {"bonus": written(line.bonus), "score": written(line.score)}
    mark = {"pass_mark": written(rules.pass_mark)}
    if line.passed:
        yield _("The pass mark of %(pass_mark)s is reached."), mark
    else:
        yield _("The pass mark of %(pass_mark)s is not reached, so no unit can be offered."), mark
    yield _("Rank %(rank)d of %(candidates)d."), {"rank": line.rank, "candidates": candidates}
    if line.decided_by == VOTE:
        yield _("Others were equal in everything: the committee's vote decided."), {}
    elif line.decided_by:
        details = {"criterion": dict(names[line.decided_by]), "mean": written(line.means[line.decided_by])}
        yield _("Among equal scores the mean of %(criterion)s decided: %(mean)s here."), details


def _scaled(line: Line, rules: RankingRules) -> Iterator[Said]:
    whole = sum(rules.most.values(), Decimal(0))
    for each in line.totals:
        if each.scaled_from is not None:
            yield (
                _("A judge skipped an optional criterion: %(given)s of %(possible)s points count as %(total)s."),
                {
                    "given": written(sum(each.points.values(), Decimal(0))),
                    "possible": written(each.scaled_from),
                    "total": written(each.total),
                    "whole": written(whole),
                },
            )


def _counted(line: Line) -> Iterator[Said]:
    totals = {each.counted: written(each.total) for each in line.totals}
    given = ", ".join(written(each.total) for each in reversed(line.totals))
    if Counted.HIGHEST not in totals:
        yield _("All scores count: %(totals)s."), {"totals": given}
        return
    yield (
        _("Of %(totals)s the highest (%(highest)s) and the lowest (%(lowest)s) do not count."),
        {"totals": given, "highest": totals[Counted.HIGHEST], "lowest": totals[Counted.LOWEST]},
    )
