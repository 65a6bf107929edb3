"""Content of the page of today: opening, free rooms, and their day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.booking.contract.closures import Closure
from services.booking.contract.spaces import Space
from services.gateway.web.plan import Plan
from services.gateway.web.timeline import Taken, Timeline


@dataclass(frozen=True)
class Room:
    """state: free, asked (somebody has applied), taken or closed. until: when that ends today, None if not before
    closing. inside: how many people are in, of a room that needs no booking.
    """

    id: str
    name: str
    capacity: int
    walk_in: bool
    inside: int | None
    state: str
    until: datetime | None
    taken: Sequence[Taken]


@dataclass(frozen=True)
class Today:
    """state: open, before, after, holiday, closed or closure. opens_next: if it is closed now."""

    centre: str
    day: date
    now: datetime
    state: str
    opens: datetime | None
    closes: datetime | None
    opens_next: datetime | None
    holiday: str | None
    closure: str | None
    rooms: Sequence[Room]
    timeline: Timeline

    @property
    def days_until_open(self) -> int | None:
        return (self.opens_next.date() - self.day).days if self.opens_next else None


def of(plan: Plan) -> Today:
    """Return the content for a plan that contains today."""
    now, day = plan.now, plan.day(plan.today)
    closed = [each for each in plan.closures(plan.today) if _covers(each, now)]
    state = "closure" if closed else _state(now, day.opens, day.closes, plan.holiday(plan.today))
    opens_next = plan.answer.opens_next
    inside = {each.space_id: each.inside for each in plan.answer.fill}
    return Today(
        centre=plan.centre,
        day=plan.today,
        now=now,
        state=state,
        opens=day.opens,
        closes=day.closes,
        opens_next=None if closed else opens_next,
        holiday=plan.holiday(plan.today),
        closure=closed[0].reason if closed else None,
        rooms=[
            _room(each, plan.taken(plan.today, each), inside.get(each.id), now, is_open=state == "open")
            for each in plan.spaces
        ],
        timeline=plan.of_day(plan.today),
    )


def _room(space: Space, taken: Sequence[Taken], inside: int | None, now: datetime, *, is_open: bool) -> Room:
    present = next((each for each in taken if each.start <= now < each.end), None)
    coming = next((each for each in taken if each.start > now), None)
    if not is_open or (present and present.kind == "closed"):
        state, until = "closed", None
    elif present:
        state, until = present.kind, _free_from(taken, now)
    else:
        state, until = "free", coming.start if coming else None
    return Room(space.id, space.name, space.capacity, space.walk_in, inside, state, until, taken)


def _free_from(taken: Sequence[Taken], now: datetime) -> datetime:
    """Return the end of the stretch that is taken now, with those that follow without a gap."""
    for each in taken:
        if each.start <= now < each.end:
            now = each.end
    return now


def _covers(closure: Closure, now: datetime) -> bool:
    return closure.start <= now < closure.to


def _state(now: datetime, opens: datetime | None, closes: datetime | None, holiday: str | None) -> str:
    if opens is None or closes is None:
        return "holiday" if holiday else "closed"
    if now < opens:
        return "before"
    return "open" if now < closes else "after"
