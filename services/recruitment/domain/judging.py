"""What a judge's points have to be. Rule: DOMAIN, Recruitment (score)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.recruitment.domain.points import CENT


class JudgingAction(StrEnum):
    SCORE = "score"
    CORRECT_SCORE = "correct_score"
    ABSTAIN = "abstain"
    GRANT_BONUS = "grant_bonus"
    RANK = "rank"
    VOTE = "vote"
    PUBLISH_RESULTS = "publish_results"


@dataclass(frozen=True)
class Measure:
    """A criterion of a call. most: points. optional: may be skipped."""

    id: str
    most: Decimal
    optional: bool


def require_whole(points: Mapping[str, Decimal], measures: Sequence[Measure]) -> None:
    """Every criterion that is not optional has points, none too many, in hundredths. Raises Invalid by criterion."""
    known = {measure.id: measure for measure in measures}
    errors = {name: [_("The call has no such criterion.")] for name in points.keys() - known.keys()}
    for measure in measures:
        given = points.get(measure.id)
        if given is None:
            if not measure.optional:
                errors[measure.id] = [_("This criterion needs points.")]
        elif not 0 <= given <= measure.most:
            errors[measure.id] = [_("These points are out of the criterion's range.")]
        elif given % CENT:
            errors[measure.id] = [_("Give at most two decimals.")]
    if not points.keys() & known.keys():
        errors.setdefault("scores", [_("Give points, or abstain.")])
    if errors:
        raise Invalid(errors={"scores": errors}, most={each.id: f"{each.most:f}" for each in measures})


def require_bonus(points: Decimal, most: Decimal) -> None:
    """Raises Invalid."""
    if not 0 <= points <= most or points % CENT:
        raise Invalid(errors={"points": [_("The bonus is out of its range.")]}, most=f"{most:f}")
