"""Hours in which somebody is left alone: a daily span of wall-clock time, in a zone, which may go over midnight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class QuietHours:
    """[start, end) by the clock on the wall; start after end goes over midnight. Raises ValueError: an empty span."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise ValueError("quiet hours end at another time than they start")

    def cover(self, moment: datetime, zone: ZoneInfo) -> bool:
        at = moment.astimezone(zone).time()
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def end_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """When it is over, for a moment that it covers: the first time that the wall clock shows its end, in UTC.

        An end that a clock going forward leaves out comes as much later as the clock went forward; one that a clock
        going back shows twice counts each time, for the hour in between is quiet again.
        """
        day = moment.astimezone(zone).date()
        ends = (
            datetime.combine(day + timedelta(days=ahead), self.end, zone).replace(fold=fold).astimezone(UTC)
            for ahead in range(4)  # a zone may leave out a whole day
            for fold in (0, 1)
        )
        return min(end for end in ends if end > moment and not self.cover(end, zone))
