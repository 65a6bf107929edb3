"""The search for a free space. A constant number of queries, however many spaces and dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from services.booking import occupancy
from services.booking.domain import gates, recurrence
from services.booking.domain.application import Applicant, Application, Particulars, Situation
from services.booking.domain.lifecycle import Kind, Purpose
from services.booking.domain.rules import BookingRules
from services.booking.domain.space import Space
from services.booking.models import NOBODY
from services.booking.queries import situation
from services.booking.schemas.questions import SearchAvailability
from services.chassis.errors import Refusal
from services.chassis.period import Period


@dataclass(frozen=True)
class Found:
    """refusals: what speaks against booking the space for all of the wanted dates; none: it is free."""

    space: Space
    refusals: Sequence[Refusal]


def search_availability(
    session: Session, search: SearchAvailability, *, rules: BookingRules, staff: bool, now: datetime
) -> list[Found]:
    """Every space, in the profile's order. Raises NotFound for equipment, Invalid for the recurrence."""
    first = Period(search.start, search.end, rules.centre.zone)
    periods = recurrence.expand(first, search.recurrence, most=rules.most_occurrences)
    spaces = list(rules.spaces.values())
    imagined = _imagined(spaces[0], periods, search, rules, staff, now)
    everywhere = Situation(
        closures=situation.closures(session, _widest(periods, spaces), rules),
        uses=situation.uses(session, search.equipment, periods),
    )
    anywhere = [refusal for gate in gates.OF_ANY_SPACE for refusal in gate(imagined, everywhere)]
    clashing = _clashing(session, spaces, periods)
    found = []
    for space in spaces:
        there = replace(everywhere, clashing=clashing[space.id])
        here = replace(imagined, space=space)
        found.append(Found(space, [*anywhere, *(each for gate in gates.OF_THE_SPACE for each in gate(here, there))]))
    return found


def _clashing(session: Session, spaces: Sequence[Space], periods: Sequence[Period]) -> dict[str, frozenset[int]]:
    """By space, which of the periods it cannot be had for."""
    alike = defaultdict(list)
    for space in spaces:
        alike[space.buffer].append(space)
    asked = [
        occupancy.Asked({room for space in group for room in space.rooms}, [group[0].held(each) for each in periods])
        for group in alike.values()
    ]
    found = {}
    for group, by_room in zip(alike.values(), occupancy.clashes(session, asked), strict=True):
        for space in group:
            found[space.id] = frozenset().union(*(by_room[room] for room in space.rooms))
    return found


def _widest(periods: Sequence[Period], spaces: Sequence[Space]) -> list[Period]:
    buffer = max(space.buffer for space in spaces)
    return [each.widened(buffer, buffer) for each in periods]


def _imagined(
    space: Space,
    periods: tuple[Period, ...],
    search: SearchAvailability,
    rules: BookingRules,
    staff: bool,
    now: datetime,
) -> Application:
    """What nobody has applied for yet: it has no purpose and may have no number of people."""
    people = rules.fewest_attendees if search.attendees is None else search.attendees
    for piece in search.equipment:
        rules.piece(piece)
    return Application(
        space=space,
        periods=periods,
        particulars=Particulars("", Purpose.COMMUNITY, people, equipment=search.equipment),
        applicant=Applicant(NOBODY, ""),
        kind=Kind.STAFF_EVENT if staff else Kind.RENTAL,
        applied_at=now,
        rules=rules,
    )
