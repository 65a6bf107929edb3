"""To which day interviews are moved that a closure lies over. Source: CONTRACTS, Flows between services (2)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from services.centre.opening import Centre
from services.chassis.period import Period


def moved(interviews: Period, closed: Period, latest: date, centre: Centre) -> Period | None:
    """The same hours from the first business day on after the closure; None when they would not be over by `latest`,
    which is the day of the result.
    """
    day = closed.local_end.date() - timedelta(days=1)
    while True:
        day = centre.business_days_after(day, 1)
        there = _on(day, interviews)
        if there.local_end.date() > latest:
            return None
        if not there.overlaps(closed):
            return there


def _on(day: date, interviews: Period) -> Period:
    ahead = day - interviews.local_start.date()
    return Period(_shifted(interviews.local_start, ahead), _shifted(interviews.local_end, ahead), interviews.zone)


def _shifted(at: datetime, ahead: timedelta) -> datetime:
    """By wall time: the hours stay what they were."""
    return datetime.combine(at.date() + ahead, at.time(), at.tzinfo)
