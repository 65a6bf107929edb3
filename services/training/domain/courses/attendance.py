"""What the marks of a session come to. They are a set: in which order they arrived, and how often, changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from services.chassis.period import Period
from services.training.contract.vocabulary import Direction


def attended(marks: Iterable[tuple[datetime, Direction]], session: Period) -> timedelta:
    """How much of the session somebody was there. Source: DOMAIN, Training (check-in and out per session).

    Who is in and comes in again is still in, and the other way round; who comes and goes at one moment has done
    nothing. Who never left was there to the end.
    """
    there, since = timedelta(0), None
    by_moment: dict[datetime, set[Direction]] = defaultdict(set)
    for at, direction in marks:
        by_moment[at].add(direction)
    for at, directions in sorted(by_moment.items()):
        if directions == {Direction.IN}:
            since = at if since is None else since
        elif directions == {Direction.OUT} and since is not None:
            there += _within(since, at, session)
            since = None
    return there if since is None else there + _within(since, session.end, session)


def earns_certificate(attended: timedelta, held: timedelta, percent: int) -> bool:
    """Source: DOMAIN, scenario 31: 1,199 of 1,500 minutes (79.93 %) do not, 1,200 do. Nothing held earns nothing."""
    return held > timedelta(0) and attended * 100 >= held * percent


def _within(since: datetime, until: datetime, session: Period) -> timedelta:
    return max(timedelta(0), min(until, session.end) - max(since, session.start))
