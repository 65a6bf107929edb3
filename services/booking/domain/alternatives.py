"""What would work instead: other spaces at the wanted time, near times of the wanted space, less equipment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, islice, zip_longest
from typing import Any

from services.booking.domain import gates
from services.booking.domain.application import Application, Situation
from services.booking.domain.equipment import most_in_use
from services.booking.domain.space import Space
from services.chassis.period import Period

MOST = 5
HELPED = frozenset({"slot_taken", "equipment_short"})
"""The refusals that bring alternatives."""
REACH = timedelta(days=2)
"""Near times are at most so far away."""


@dataclass(frozen=True)
class Alternative:
    space: Space
    periods: tuple[Period, ...]
    equipment: Mapping[str, int]

    def to_wire(self) -> dict[str, Any]:
        first = self.periods[0]
        return {
            "space_id": self.space.id,
            "space_names": dict(self.space.names),
            "start": first.local_start.isoformat(),
            "end": first.local_end.isoformat(),
            "dates": [period.local_start.date().isoformat() for period in self.periods],
            "equipment": dict(self.equipment),
        }


def alternatives(application: Application, situations: Mapping[str, Situation]) -> list[Alternative]:
    """situations: by space, with all that is taken around the wanted times; a space that is not in it is not offered.

    At most MOST: with less equipment first, then other spaces and near times in turn, the nearest first.
    """
    leaner = (each for each in [_leaner(application, situations[application.space.id])] if each)
    around = zip_longest(_other_spaces(application, situations), _near_times(application))
    wanted = chain(leaner, (each for pair in around for each in pair if each is not None))
    fitting = (each for each in wanted if not gates.refused(each, around_it(each, situations[each.space.id])))
    return [Alternative(each.space, each.periods, each.particulars.equipment) for each in islice(fitting, MOST)]


def around_it(application: Application, situation: Situation) -> Situation:
    """The situation with only those of the taken times that the application would overlap."""
    held = [application.space.held(period) for period in application.periods]
    return replace(situation, taken=tuple(each for each in situation.taken if any(each.overlaps(one) for one in held)))


def _leaner(application: Application, situation: Situation) -> Application | None:
    """The same with as much equipment as there is left."""
    wanted = application.particulars.equipment
    left = {piece: min(quantity, _free(application, situation, piece)) for piece, quantity in wanted.items()}
    if left == wanted:
        return None
    equipment = {piece: quantity for piece, quantity in left.items() if quantity}
    return replace(application, particulars=replace(application.particulars, equipment=equipment))


def _free(application: Application, situation: Situation, piece: str) -> int:
    uses = situation.uses.get(piece, ())
    out = max(most_in_use(uses, period) for period in application.periods)
    return max(0, application.rules.piece(piece).quantity - out)


def _other_spaces(application: Application, situations: Mapping[str, Situation]) -> Iterator[Application]:
    for space_id in situations:
        if space_id != application.space.id:
            yield replace(application, space=application.rules.space(space_id))


def _near_times(application: Application) -> Iterator[Application]:
    """Of a single booking: earlier and later ones of the same length."""
    if len(application.periods) > 1:
        return
    period, unit = application.periods[0], application.rules.unit
    for steps in range(1, int(REACH / unit) + 1):
        for away in (steps * unit, -steps * unit):
            yield replace(application, periods=(Period(period.start + away, period.end + away, period.zone),))
