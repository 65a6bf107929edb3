"""How much of a piece of equipment is out at once."""

from __future__ import annotations

from collections.abc import Iterable

from services.booking.domain.application import Use
from services.chassis.period import Period


def most_in_use(uses: Iterable[Use], period: Period) -> int:
    """The most that is out at any moment of `period`: it can only rise where a use begins."""
    touching = [use for use in uses if use.period.overlaps(period)]
    moments = {max(use.period.start, period.start) for use in touching}
    return max(
        (sum(use.quantity for use in touching if use.period.start <= at < use.period.end) for at in moments), default=0
    )
