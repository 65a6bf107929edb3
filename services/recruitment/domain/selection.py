"""The shortlist. Source: DOMAIN, Recruitment (screening), scenario 22."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Screened:
    """An eligible application for one kind of unit. points: that staff gave its documents; None comes after all."""

    application_id: str
    receipt_number: str
    points: Decimal | None


def places(units: int, factor: Decimal) -> int:
    """So many are invited for so many units: 8 x 1.5 = 12, 3 x 1.5 = 4.5, that is 5."""
    return math.ceil(units * factor)


def shortlist(eligible: Collection[Screened], units: int, factor: Decimal) -> list[str]:
    """Those with most points, at equal points who submitted first. Ids in that order."""
    ordered = sorted(
        eligible, key=lambda each: (-(Decimal(-1) if each.points is None else each.points), each.receipt_number)
    )
    return [each.application_id for each in ordered[: places(units, factor)]]
