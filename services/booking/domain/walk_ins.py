"""When somebody may come in without a booking. Rules: DOMAIN, Booking (the lounge), scenario 15."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.booking.domain import refusals
from services.booking.domain.application import Closure
from services.booking.domain.gates import closed_at
from services.booking.domain.rules import BookingRules
from services.booking.domain.space import Space
from services.chassis.errors import Refusal
from services.chassis.period import Period


@dataclass(frozen=True)
class Arrival:
    """coming: how many, beside those inside. taken: holds on the space's rooms at this moment."""

    space: Space
    coming: int
    inside: int
    taken: tuple[Period, ...]
    closures: tuple[Closure, ...]
    now: datetime
    rules: BookingRules


def refused(arrival: Arrival) -> list[Refusal]:
    return list(_refusals(arrival))


def _refusals(arrival: Arrival) -> Iterator[Refusal]:
    space = arrival.space
    moment = Period(arrival.now, arrival.now + timedelta(microseconds=1), arrival.rules.centre.zone)
    yield from closed_at(moment, arrival.rules)
    for closure in arrival.closures:
        if closure.touches(space.rooms, moment):
            yield refusals.closure(closure)
    if arrival.taken:
        yield refusals.walk_in_held(space, arrival.taken[0])
    if arrival.inside + arrival.coming > space.capacity:
        yield refusals.walk_in_full(space, arrival.inside)
