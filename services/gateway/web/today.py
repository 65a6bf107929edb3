"""What the page of today shows, made of booking's answer: is the centre open, which rooms are free, and their day.

The timeline is reckoned in half hours, the finest step that people see; what begins or ends between two of them is
widened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

HALF_HOUR = timedelta(minutes=30)
FIRST_HOUR, LAST_HOUR = 9, 21


@dataclass(frozen=True)
class Taken:
    """A stretch in which a space cannot be had. others: names of the spaces for which it is, if they are others.

    certain: somebody's booking is approved; otherwise all are applications.
    """

    start: datetime
    end: datetime
    certain: bool
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """A stretch of a row of the timeline, `halves` half hours long. kind: free, closed, taken or asked."""

    start: datetime
    end: datetime
    halves: int
    kind: str
    taken: Taken | None = None


@dataclass(frozen=True)
class Row:
    """state: free, asked (somebody has applied), taken or closed. until: when that ends today, None if not before
    closing.
    """

    name: str
    capacity: int
    walk_in: bool
    state: str
    until: datetime | None
    taken: Sequence[Taken]
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Today:
    """state: open, before, after, holiday or closed. hours: the hours of the timeline's columns."""

    centre: str
    day: date
    now: datetime
    state: str
    opens: datetime | None
    closes: datetime | None
    opens_next: datetime | None
    holiday: str | None
    hours: Sequence[int]
    rows: Sequence[Row]

    @property
    def minutes(self) -> int:
        """The length of the timeline."""
        return len(self.hours) * 60

    @property
    def minute(self) -> int | None:
        """How far the timeline's day has come, if it has begun and not ended."""
        passed = (self.now - _at(self.now, self.hours[0])) // timedelta(minutes=1)
        return passed if 0 <= passed <= self.minutes else None

    @property
    def days_until_open(self) -> int | None:
        return (self.opens_next.date() - self.day).days if self.opens_next else None


def of(answer: Mapping[str, Any]) -> Today:
    """Of booking's get_today. Times are in the centre's zone, as booking gives them."""
    now = datetime.fromisoformat(answer["now"])
    opens, closes, opens_next = (_moment(answer[name]) for name in ("opens", "closes", "opens_next"))
    names = {each["space"]["id"]: each["space"]["name"] for each in answer["spaces"]}
    taken = [_taken(each["space"]["id"], each["entries"], names) for each in answer["spaces"]]
    hours = _hours(now, opens, closes)
    state = _state(now, opens, closes, answer["holiday"])
    return Today(
        centre=answer["centre"],
        day=date.fromisoformat(answer["date"]),
        now=now,
        state=state,
        opens=opens,
        closes=closes,
        opens_next=opens_next,
        holiday=answer["holiday"],
        hours=hours,
        rows=[
            _row(each["space"], stretches, now, is_open=state == "open", day=_Day(hours, now, opens, closes))
            for each, stretches in zip(answer["spaces"], taken, strict=True)
        ],
    )


@dataclass(frozen=True)
class _Day:
    """The timeline's bounds, and the opening hours within."""

    hours: Sequence[int]
    now: datetime
    opens: datetime | None
    closes: datetime | None

    @property
    def start(self) -> datetime:
        return _at(self.now, self.hours[0])

    @property
    def end(self) -> datetime:
        return _at(self.now, self.hours[-1] + 1)

    def untaken(self, start: datetime, end: datetime) -> Iterator[Cell]:
        """The cells of a stretch that nobody has taken: free within the opening hours, closed around them."""
        opens, closes = self.opens or self.end, self.closes or self.end
        bounds = [start, min(max(opens, start), end), min(max(closes, start), end), end]
        for kind, begins, ends in zip(("closed", "free", "closed"), bounds, bounds[1:], strict=False):
            if begins < ends:
                yield _cell(begins, ends, kind)


def _row(space: Mapping[str, Any], taken: Sequence[Taken], now: datetime, *, is_open: bool, day: _Day) -> Row:
    present = [each for each in taken if each.start <= now < each.end]
    coming = next((each for each in taken if each.start > now), None)
    if not is_open:
        state, until = "closed", None
    elif present:
        state, until = "taken" if present[0].certain else "asked", _free_from(taken, now)
    else:
        state, until = "free", coming.start if coming else None
    return Row(space["name"], space["capacity"], space["walk_in"], state, until, taken, list(_cells(taken, day)))


def _free_from(taken: Sequence[Taken], now: datetime) -> datetime:
    """The end of what is taken now and of what follows it without a gap."""
    for each in taken:
        if each.start <= now < each.end:
            now = each.end
    return now


def _taken(space_id: str, entries: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> list[Taken]:
    """In order; what overlaps in a space of several rooms is one stretch."""
    stretches: list[Taken] = []
    each_alone = sorted((_alone(space_id, entry, names) for entry in entries), key=lambda one: (one.start, one.end))
    for one in each_alone:
        last = stretches[-1] if stretches else None
        if last is None or one.start >= last.end:
            stretches.append(one)
            continue
        others = tuple(name for name in names.values() if name in {*last.others, *one.others})
        stretches[-1] = Taken(last.start, max(last.end, one.end), last.certain or one.certain, others)
    return stretches


def _alone(space_id: str, entry: Mapping[str, Any], names: Mapping[str, str]) -> Taken:
    others = () if entry["space_id"] == space_id else (names.get(entry["space_id"], entry["space_id"]),)
    return Taken(
        datetime.fromisoformat(entry["held_from"]),
        datetime.fromisoformat(entry["held_until"]),
        entry["status"] != "pending",
        others,
    )


def _cells(taken: Sequence[Taken], day: _Day) -> Iterator[Cell]:
    reached = day.start
    for each in taken:
        begins = max(day.start + (each.start - day.start) // HALF_HOUR * HALF_HOUR, reached)
        ends = min(day.start - (day.start - each.end) // HALF_HOUR * HALF_HOUR, day.end)
        if begins < ends:
            yield from day.untaken(reached, begins)
            yield _cell(begins, ends, "taken" if each.certain else "asked", each)
            reached = ends
    yield from day.untaken(reached, day.end)


def _cell(start: datetime, end: datetime, kind: str, taken: Taken | None = None) -> Cell:
    return Cell(start, end, (end - start) // HALF_HOUR, kind, taken)


def _state(now: datetime, opens: datetime | None, closes: datetime | None, holiday: str | None) -> str:
    if opens is None or closes is None:
        return "holiday" if holiday else "closed"
    if now < opens:
        return "before"
    return "open" if now < closes else "after"


def _hours(now: datetime, opens: datetime | None, closes: datetime | None) -> range:
    """The usual day, wider where the centre opens earlier or closes later."""
    first = min(FIRST_HOUR, opens.hour) if opens else FIRST_HOUR
    last = LAST_HOUR
    if closes and closes.date() == now.date():
        last = max(LAST_HOUR, closes.hour + bool(closes.minute))
    return range(first, last)


def _at(now: datetime, hour: int) -> datetime:
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    return midnight + timedelta(hours=hour)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
