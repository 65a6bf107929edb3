"""Period of time: half-open, aware, with the time zone in which people read it.

`[start, end)`: two periods that only touch do not overlap. Both ends are in UTC; `zone` defines the days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, order=True)
class Period:
    start: datetime
    end: datetime
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a period needs times with a zone")
        if self.start >= self.end:
            raise ValueError("a period ends after it starts")
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))

    @property
    def local_start(self) -> datetime:
        return self.start.astimezone(self.zone)

    @property
    def local_end(self) -> datetime:
        return self.end.astimezone(self.zone)

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, other: Period) -> bool:
        return self.start < other.end and other.start < self.end

    def widened(self, before: timedelta, after: timedelta) -> Period:
        return Period(self.start - before, self.end + after, self.zone)

    def local_days(self) -> Iterator[date]:
        """Yield each day in the zone that overlaps the period."""
        day = self.local_start.date()
        last = (self.local_end - timedelta(microseconds=1)).date()
        while day <= last:
            yield day
            day += timedelta(days=1)

    def on_day(self, day: date) -> Period | None:
        """Return the part of the period on `day`, or None."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        next_day = day + timedelta(days=1)
        next_midnight = datetime(next_day.year, next_day.month, next_day.day, tzinfo=self.zone)
        start, end = max(self.start, midnight), min(self.end, next_midnight)
        return Period(start, end, self.zone) if start < end else None
