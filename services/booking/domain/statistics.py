"""Statistics. Rules: DOMAIN, Booking (utilisation by space, month, field) and scenarios 9 and 10.

A booking is counted once, in the month in which it begins by local time. Its hours are split by local day, so that one
over the end of a month has hours in both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from services.booking.contract.vocabulary import Status
from services.booking.domain.application import Month
from services.booking.domain.space import Space
from services.centre.opening import Centre
from services.centre.vocabulary import Field

USED = frozenset({Status.APPROVED, Status.CHECKED_IN})
"""States of bookings that took place or will. Others are counted apart, without hours."""

NO_TIME = timedelta(0)


@dataclass(frozen=True)
class MonthPart:
    """The requested days of a month. until: not included."""

    month: Month
    since: date
    until: date

    def days(self) -> Iterator[date]:
        for number in range((self.until - self.since).days):
            yield self.since + timedelta(days=number)


@dataclass(frozen=True)
class Group:
    """Bookings of one space, field and status. begun: how many begin in this part of a month, with so many attendees.
    time: that they all, and those from the month before, have in it.
    """

    part: MonthPart
    space_id: str
    field: Field
    status: Status
    begun: int
    attendees: int
    time: timedelta


@dataclass(frozen=True)
class Row:
    """begun: by status. attendees, time: of those in USED."""

    month: Month
    space_id: str
    field: Field
    begun: Mapping[Status, int]
    attendees: int
    time: timedelta

    @property
    def bookings(self) -> int:
        return sum(self.begun.get(status, 0) for status in USED)


@dataclass(frozen=True)
class Utilisation:
    """time: in which the space was in use; open_time: of the centre."""

    month: Month
    space_id: str
    time: timedelta
    open_time: timedelta

    @property
    def ratio(self) -> Fraction | None:
        """None: the centre was never open."""
        if not self.open_time:
            return None
        second = timedelta(seconds=1)
        return Fraction(self.time // second, self.open_time // second)


def month_parts(start: date, end: date) -> list[MonthPart]:
    """The months from `start` to `end` (exclusive), the first and the last as far as they lie between."""
    parts = []
    while start < end:
        until = min(end, start.replace(day=1) + relativedelta(months=1))
        parts.append(MonthPart(Month(f"{start:%Y-%m}"), start, until))
        start = until
    return parts


def rows(groups: Sequence[Group]) -> list[Row]:
    """By month, space and field, in this order."""
    together: dict[tuple[Month, str, Field], list[Group]] = defaultdict(list)
    for group in groups:
        if group.begun or group.status in USED:
            together[group.part.month, group.space_id, group.field].append(group)
    return [_row(*key, together[key]) for key in sorted(together)]


def _row(month: Month, space_id: str, field: Field, groups: Sequence[Group]) -> Row:
    used = [group for group in groups if group.status in USED]
    return Row(
        month=month,
        space_id=space_id,
        field=field,
        begun={group.status: group.begun for group in groups},
        attendees=sum(group.attendees for group in used),
        time=sum((group.time for group in used), NO_TIME),
    )


def utilisation(
    groups: Sequence[Group], parts: Sequence[MonthPart], spaces: Mapping[str, Space], centre: Centre
) -> list[Utilisation]:
    """Every space in every month. A space is in use for its own bookings and for those of spaces that it is a part of:
    the hall takes its classrooms, a classroom alone does not use the hall. No two of them run at once, as they share
    a room. Spaces that have left the profile are not among them.
    """
    own: Counter[tuple[Month, str]] = Counter()
    for group in groups:
        if group.status in USED:
            own[group.part.month, group.space_id] += group.time // timedelta(seconds=1)
    utilisations = []
    for part in parts:
        open_time = _open_time(centre, part)
        for space in spaces.values():
            seconds = sum(own[part.month, each.id] for each in spaces.values() if set(space.rooms) <= set(each.rooms))
            utilisations.append(Utilisation(part.month, space.id, timedelta(seconds=seconds), open_time))
    return utilisations


def _open_time(centre: Centre, part: MonthPart) -> timedelta:
    opened = (centre.open_hours(day) for day in part.days())
    return sum((hours.length for hours in opened if hours), NO_TIME)
