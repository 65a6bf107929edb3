"""Spaces, and the atomic rooms that they occupy. Rules: DOMAIN, The first centre and Booking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from services.centre.opening import Centre
from services.chassis.errors import NotFound
from services.chassis.period import Period


@dataclass(frozen=True)
class Space:
    """What people book. rooms: the atomic rooms that it occupies, sorted; itself, unless it is made of others.

    buffer: time before and after in which its rooms are held too. walk_in: open to everybody who comes by.
    """

    id: str
    names: Mapping[str, str]
    capacity: int
    rooms: tuple[str, ...]
    buffer: timedelta = timedelta(0)
    walk_in: bool = False

    def held(self, period: Period) -> Period:
        """The period for which the rooms are held when the space is booked for `period`."""
        return period.widened(self.buffer, self.buffer)


@dataclass(frozen=True)
class BookingRules:
    """The booking section of the profile, with the centre that it is for."""

    centre: Centre
    spaces: Mapping[str, Space]
    unit: timedelta
    days_before: int
    months_ahead: int
    fewest_attendees: int
    forbidden_purposes: frozenset[str]

    def space(self, space_id: str) -> Space:
        """Raises NotFound."""
        if space_id not in self.spaces:
            raise NotFound("The centre has no such space.")
        return self.spaces[space_id]

    @property
    def rooms(self) -> tuple[str, ...]:
        """Every atomic room, sorted."""
        return tuple(sorted({room for space in self.spaces.values() for room in space.rooms}))
