"""Rows x hours: the rooms of a day, or the days of a room, as `pieces.timeline` draws them.

The timeline is reckoned in half hours, the finest step that people see; what begins or ends between two of them is
widened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from services.booking.contract.closures import Closure
from services.booking.contract.spaces import Space, TimelineEntry
from services.booking.contract.vocabulary import Status

HALF_HOUR = timedelta(minutes=30)
FIRST_HOUR, LAST_HOUR = 9, 21
PRECEDENCE = ("asked", "taken", "closed")


@dataclass(frozen=True)
class Taken:
    """A stretch in which a space cannot be had. kind: asked (somebody has applied), taken, or closed.

    others: names of the spaces for which it is, if they are others. title, booking_id: where the reader may know.
    """

    start: datetime
    end: datetime
    kind: str
    others: tuple[str, ...] = ()
    title: str | None = None
    booking_id: str | None = None


@dataclass(frozen=True)
class Cell:
    """A stretch of a row, `halves` half hours long. kind: free, closed, taken or asked."""

    start: datetime
    end: datetime
    halves: int
    kind: str
    taken: Taken | None = None


@dataclass(frozen=True)
class Row:
    name: str
    cells: Sequence[Cell]
    href: str | None = None


@dataclass(frozen=True)
class Timeline:
    """hours: of the columns. minute: how far the present day has come, if it is shown and has begun."""

    caption: str
    of_rows: str
    hours: Sequence[int]
    rows: Sequence[Row]
    minute: int | None = None

    @property
    def minutes(self) -> int:
        return len(self.hours) * 60


@dataclass(frozen=True)
class Day:
    """A day of the centre's: its opening hours, if it opens, and the hours that are shown of it."""

    date: date
    opens: datetime | None
    closes: datetime | None
    zone: tzinfo
    hours: Sequence[int]

    def at(self, hour: int) -> datetime:
        return datetime.combine(self.date, time(), self.zone) + timedelta(hours=hour)

    @property
    def start(self) -> datetime:
        return self.at(self.hours[0])

    @property
    def end(self) -> datetime:
        return self.at(self.hours[-1] + 1)

    def minute(self, now: datetime) -> int | None:
        passed = (now - self.start) // timedelta(minutes=1)
        return passed if 0 <= passed <= len(self.hours) * 60 else None

    def cells(self, taken: Sequence[Taken]) -> list[Cell]:
        return list(self._cells(taken))

    def _cells(self, taken: Sequence[Taken]) -> Iterator[Cell]:
        reached = self.start
        for each in taken:
            begins = max(self.start + (each.start - self.start) // HALF_HOUR * HALF_HOUR, reached)
            ends = min(self.start - (self.start - each.end) // HALF_HOUR * HALF_HOUR, self.end)
            if begins < ends:
                yield from self._untaken(reached, begins)
                yield _cell(begins, ends, each.kind, each)
                reached = ends
        yield from self._untaken(reached, self.end)

    def _untaken(self, start: datetime, end: datetime) -> Iterator[Cell]:
        """The cells of a stretch that nobody has taken: free within the opening hours, closed around them."""
        opens, closes = self.opens or self.end, self.closes or self.end
        bounds = [start, min(max(opens, start), end), min(max(closes, start), end), end]
        for kind, begins, ends in zip(("closed", "free", "closed"), bounds, bounds[1:], strict=False):
            if begins < ends:
                yield _cell(begins, ends, kind)


def shown_hours(opens: Iterable[datetime | None], closes: Iterable[datetime | None]) -> range:
    """The usual day, wider where the centre opens earlier or closes later on one of the days."""
    first = min((each.hour for each in opens if each), default=FIRST_HOUR)
    last = max((each.hour + bool(each.minute) for each in closes if each), default=LAST_HOUR)
    return range(min(FIRST_HOUR, first), max(LAST_HOUR, last))


def stretches(
    space: Space,
    entries: Iterable[TimelineEntry],
    closures: Iterable[Closure],
    names: Mapping[str, str],
) -> list[Taken]:
    """Return the stretches in order. Overlapping ones, in a space of several rooms, are merged."""
    alone = [_booked(space.id, each, names) for each in entries]
    alone += [Taken(each.start, each.to, "closed") for each in closures]
    merged: list[Taken] = []
    for one in sorted(alone, key=lambda each: (each.start, each.end)):
        last = merged[-1] if merged else None
        if last is None or one.start >= last.end:
            merged.append(one)
            continue
        others = tuple(name for name in names.values() if name in {*last.others, *one.others})
        kind = max(last.kind, one.kind, key=PRECEDENCE.index)
        merged[-1] = Taken(last.start, max(last.end, one.end), kind, others)
    return merged


def _booked(space_id: str, entry: TimelineEntry, names: Mapping[str, str]) -> Taken:
    others = () if entry.space_id == space_id else (names.get(entry.space_id, entry.space_id),)
    kind = "asked" if entry.status is Status.PENDING else "taken"
    return Taken(entry.held_from, entry.held_until, kind, others, entry.title, entry.booking_id)


def _cell(start: datetime, end: datetime, kind: str, taken: Taken | None = None) -> Cell:
    return Cell(start, end, (end - start) // HALF_HOUR, kind, taken)
