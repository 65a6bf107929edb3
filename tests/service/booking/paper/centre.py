"""The facts of the first centre that the rules reckon with, written down from DOMAIN."""

from datetime import date, datetime, timedelta, timezone

SEOUL = timezone(timedelta(hours=9))
TICK = timedelta(minutes=30)
"""Everything that takes a room begins and ends on one."""

ROOMS = {
    "edu-1": {"edu-1"},
    "edu-2": {"edu-2"},
    "meeting": {"meeting"},
    "lounge": {"lounge"},
    "hall": {"edu-1", "edu-2", "lounge"},
}
ALL_ROOMS = {"edu-1", "edu-2", "meeting", "lounge"}
BUFFER_TICKS = {"hall": 1}
CAPACITY = {"edu-1": 30, "edu-2": 30, "meeting": 12, "lounge": 40, "hall": 100}
WON_PER_HOUR = {"edu-1": 10_000, "edu-2": 10_000, "meeting": 5_000, "lounge": 10_000, "hall": 20_000}
QUANTITY = {"projector": 2, "microphone": 4, "folding_table": 10}
WAIVED = {"public_benefit": 100, "village_grant": 50}
FORBIDDEN = {"political", "religious", "commercial"}
QUOTA = 4
FREE_MINUTES = 600
"""Of a tenant in the meeting room, each month."""

HOLIDAYS = {
    date(2020, *day)
    for day in (
        (4, 15),  # election
        (4, 30),  # Buddha's birthday
        (5, 5),
        (6, 6),
        (8, 15),
        (8, 17),  # in place of the 15th, a Saturday
        (9, 30),
        (10, 1),
        (10, 2),
        (10, 3),
        (10, 9),
        (12, 25),
    )
} | {date(2021, 1, 1), date(2021, 2, 11), date(2021, 2, 12), date(2021, 2, 13), date(2021, 3, 1)}
LAST_KNOWN_DAY = date(2021, 4, 1)
"""The holidays above are those up to here."""


def tick_of(moment: datetime) -> int:
    seconds = int(moment.timestamp())
    number, rest = divmod(seconds, 1800)
    assert rest == 0, moment
    return number


def moment_of(tick: int) -> datetime:
    return datetime.fromtimestamp(tick * 1800, SEOUL)


def local_day(moment: datetime) -> date:
    return moment.astimezone(SEOUL).date()


def is_closed(day: date) -> bool:
    assert day < LAST_KNOWN_DAY
    return day.weekday() == 6 or day in HOLIDAYS


def is_outside_hours(local: datetime) -> bool:
    return not 9 <= local.hour < (18 if local.weekday() == 5 else 21)


def two_business_days_after(moment: datetime) -> datetime:
    local, left = moment.astimezone(SEOUL), 2
    while left:
        local += timedelta(days=1)
        left -= not is_closed(local.date()) and local.weekday() < 5
    return local


def month_later(day: date) -> date:
    """The same day of the next month, or its last one."""
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def percent_back(first_day: date, today: date) -> int:
    days = (first_day - today).days
    return 100 if days >= 7 else 90 if days >= 3 else 70 if days >= 1 else 0
