"""Spaces, and the atomic rooms that they occupy. Rules: DOMAIN, The first centre and Booking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from services.chassis.period import Period


@dataclass(frozen=True)
class Space:
    """What people book. rooms: the atomic rooms that it occupies, sorted; itself, unless it is made of others.

    buffer: time before and after in which its rooms are held too. walk_in: open to everybody who comes by.
    fee_per_hour: in whole won.
    """

    id: str
    names: Mapping[str, str]
    capacity: int
    rooms: tuple[str, ...]
    buffer: timedelta = timedelta(0)
    walk_in: bool = False
    fee_per_hour: int = 0

    def held(self, period: Period) -> Period:
        """The period for which the rooms are held when the space is booked for `period`."""
        return period.widened(self.buffer, self.buffer) if self.buffer else period
