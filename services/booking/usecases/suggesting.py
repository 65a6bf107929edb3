"""Search for alternatives to a refused application. A constant number of queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from services.booking.domain.alternatives import REACH, alternatives
from services.booking.domain.application import Application, Situation
from services.booking.domain.space import Space
from services.booking.queries import occupancy, situation
from services.chassis.period import Period

MOST_SPACES = 12
"""Number of spaces to look at: in a large centre the smallest that are large enough."""


def suggest(session: Session, application: Application, apart_from: Collection[str]) -> list[dict[str, Any]]:
    """Return up to five alternatives as JSON values."""
    spaces = [application.space, *islice(_large_enough(application), MOST_SPACES)]
    around = _around(application, spaces)
    rooms = {room for space in spaces for room in space.rooms}
    taken = occupancy.taken(session, rooms, around, apart_from=apart_from)
    general = situation.general(session, application, around, apart_from)
    situations = {space.id: _of(space, general, taken) for space in spaces}
    return [each.to_wire() for each in alternatives(application, situations)]


def _large_enough(application: Application) -> list[Space]:
    fitting = [
        space
        for space in application.rules.spaces.values()
        if space.capacity >= application.particulars.attendees and space != application.space
    ]
    return sorted(fitting, key=lambda space: (space.capacity, space.id))


def _around(application: Application, spaces: Sequence[Space]) -> list[Period]:
    widest = max(space.buffer for space in spaces)
    reach = widest if len(application.periods) > 1 else REACH + widest
    return [period.widened(reach, reach) if reach else period for period in application.periods]


def _of(space: Space, general: Situation, taken: Sequence[occupancy.Taken]) -> Situation:
    return replace(general, taken=tuple({each.period: None for each in taken if each.room_id in space.rooms}))
