"""What RFC 5545 says of rules that repeat, read day by day from the calendar, without the code under test or dateutil.

`series(seed, number)` gives rules at random, in zones with and without daylight saving time, often near its changes.
"""

import random
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ZONES = tuple(
    ZoneInfo(name)
    for name in (
        "Asia/Seoul",
        "America/New_York",
        "Europe/Berlin",
        "Australia/Lord_Howe",  # half an hour of daylight saving
        "Pacific/Chatham",
        "Africa/Casablanca",  # winter time is the exception
    )
)
CHANGES = (
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 4, 5),
    date(2026, 10, 4),
    date(2026, 10, 25),
    date(2026, 11, 1),
)
MONTH_DAYS = (1, 2, 3, 13, 15, 28, 29, 30, 31, -1, -2, -3, -29, -31)
CLOCKS = ((10, 0), (1, 30), (2, 0), (2, 15), (2, 30), (3, 15), (0, 0), (23, 30), (1, 45))


@cache
def month_length(year: int, month: int) -> int:
    return monthrange(year, month)[1]


@dataclass(frozen=True)
class Rule:
    """weekdays: (number or 0, weekday)."""

    freq: str
    interval: int
    weekdays: tuple[tuple[int, int], ...]
    month_days: tuple[int, ...]
    positions: tuple[int, ...]
    week_start: int

    def text(self) -> str:
        parts = [f"FREQ={self.freq}"]
        parts += [f"INTERVAL={self.interval}"] if self.interval > 1 else []
        parts += ["BYDAY=" + ",".join(f"{n or ''}{WEEKDAYS[day]}" for n, day in self.weekdays)] if self.weekdays else []
        parts += ["BYMONTHDAY=" + ",".join(map(str, self.month_days))] if self.month_days else []
        parts += ["BYSETPOS=" + ",".join(map(str, self.positions))] if self.positions else []
        parts += [f"WKST={WEEKDAYS[self.week_start]}"] if self.week_start else []
        return ";".join(parts)

    def days(self, first: date) -> Iterator[date]:
        """Every day from `first` on: of each interval's day, week or month those that the rule takes."""
        begin = first
        if self.freq == "WEEKLY":
            begin -= timedelta(days=(first.weekday() - self.week_start) % 7)
        if self.freq == "MONTHLY":
            begin = first.replace(day=1)
        while begin.year < 2200:
            length = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": month_length(begin.year, begin.month)}[self.freq]
            taken = [day for day in (begin + timedelta(days=n) for n in range(length)) if self.takes(day, first)]
            if self.positions:
                chosen = {position - 1 if position > 0 else len(taken) + position for position in self.positions}
                taken = [day for n, day in enumerate(taken) if n in chosen]
            yield from (day for day in taken if day >= first)
            if self.freq == "MONTHLY":
                months = begin.year * 12 + begin.month - 1 + self.interval
                begin = date(months // 12, months % 12 + 1, 1)
            else:
                begin += timedelta(days=self.interval * length)

    def takes(self, day: date, first: date) -> bool:
        length = month_length(day.year, day.month)
        if self.month_days and not {day.day, day.day - length - 1} & set(self.month_days):
            return False
        if self.weekdays:
            numbers = (0, (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1))
            return any((number, day.weekday()) in self.weekdays for number in numbers)
        if self.freq == "WEEKLY":
            return day.weekday() == first.weekday()
        return bool(self.freq == "DAILY" or self.month_days or day.day == first.day)


@dataclass(frozen=True)
class Series:
    """A rule in words, its first start, and all its starts as local times of the zone."""

    rrule: str
    first: datetime
    starts: tuple[datetime, ...]


def exists(moment: datetime) -> bool:
    """PEP 495: where the clock skips a time, the offset before is the smaller one."""
    return moment.replace(fold=0).utcoffset() >= moment.replace(fold=1).utcoffset()


def end_of(start: datetime, wall: timedelta) -> datetime:
    """`wall` later on the clock."""
    return (start.replace(tzinfo=None) + wall).replace(tzinfo=start.tzinfo).astimezone(UTC)


def any_rule(dice: random.Random) -> Rule:
    freq = dice.choice(("DAILY", "WEEKLY", "MONTHLY"))
    weekdays = tuple((0, day) for day in sorted(dice.sample(range(7), dice.choice((0, 0, 1, 2, 5)))))
    if freq == "MONTHLY" and dice.random() < 0.4:
        weekdays = tuple((dice.choice((-5, -2, -1, 1, 2, 3, 4, 5)), day) for _number, day in weekdays)
    month_days: tuple[int, ...] = ()
    if freq != "WEEKLY" and dice.random() < 0.3:
        month_days = tuple(dice.sample(MONTH_DAYS, dice.randint(1, 5)))
    positions: tuple[int, ...] = ()
    if freq == "MONTHLY" and (weekdays or month_days) and dice.random() < 0.3:
        positions = tuple(dice.sample((1, 2, 3, -1, -2), dice.randint(1, 2)))
    interval = dice.choice((1, 1, 1, 2, 3, 5))
    return Rule(freq, interval, weekdays, month_days, positions, dice.choice((0, 0, 6, 3)))


def series(seed: int, number: int) -> Iterator[tuple[random.Random, Series]]:
    """Rules whose first start fits them, and the dice for whatever else is to be chosen."""
    dice = random.Random(seed)
    while number:
        rule = any_rule(dice)
        first = _any_first(dice, rule)
        if first is None:
            continue
        count = dice.randint(1, 20) if dice.random() < 0.5 else None
        last = (first + timedelta(days=dice.randint(0, 100))).astimezone(UTC)
        end = f"COUNT={count}" if count else f"UNTIL={last:%Y%m%dT%H%M%SZ}"
        moments = (datetime.combine(day, first.timetz()) for day in rule.days(first.date()))
        there = (each for each in moments if exists(each))
        starts = (
            islice(there, count) if count else takewhile(lambda each, last=last: each.astimezone(UTC) <= last, there)
        )
        yield dice, Series(f"{rule.text()};{end}", first, tuple(starts))
        number -= 1


def _any_first(dice: random.Random, rule: Rule) -> datetime | None:
    """None: the rule has no day within three years, or the clock skips the time."""
    near = dice.choice(CHANGES) + timedelta(days=dice.randint(-40, 10))
    day = next(takewhile(lambda each: each.year < 2029, rule.days(near)), None)
    if day is None:
        return None
    hour, minute = dice.choice(CLOCKS)
    first = datetime(day.year, day.month, day.day, hour, minute, tzinfo=dice.choice(ZONES))
    return first if exists(first) else None
