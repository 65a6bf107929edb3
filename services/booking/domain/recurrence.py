"""Series of bookings. Rule: DOMAIN, Booking (recurring: RRULE daily, weekly, monthly; COUNT or UNTIL; EXDATE).

What a rule means is said by RFC 5545, 3.3.10, with its open ends closed:

- Exactly one of COUNT and UNTIL. UNTIL is inclusive: a moment ("...Z"), or a local time or day of the period's zone.
- The first period is the first occurrence that is counted; a rule that it does not fit is refused (RFC: undefined).
- Allowed with them: INTERVAL (up to 999), WKST, BYDAY, BYMONTHDAY (not weekly), BYSETPOS and numbered days like 2TU
  (monthly only: in weekly rules readers differ in what the first week's set is, and no such rule needs them).
- Every occurrence has the first one's wall clock times. A start that does not exist, since the clock skips it, is no
  occurrence and is not counted; of a start that exists twice the first is meant. An end that exists twice is the
  first of the two, one that is skipped is read with the offset before the change (3.3.5): 01:00-02:30 then ends when
  the clock shows 03:30. The first period can be neither: what starts or ends in the second run of a repeated hour
  is refused, because no rule can name it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.chassis.period import Period

NOT_A_RULE = _("Repeat daily, weekly or monthly, by a rule like FREQ=WEEKLY;BYDAY=TU;COUNT=6.")
NOT_TOGETHER = _("BYSETPOS and numbered days are for monthly rules only, and BYMONTHDAY is not for weekly ones.")
NO_END = _("Say how many times (COUNT) or until when (UNTIL) it repeats: one of the two.")
NOT_THE_FIRST = _("The first booking must itself fit the rule by which it repeats.")
ENDS_BEFORE = _("The repetition ends before the first booking begins.")
TOO_MANY = _("These are more bookings than one series can have. Let it end earlier.")
TOO_FAR = _("The repetition goes on too far into the future. Let it end earlier.")
OVERLAPPING = _("Each booking of a series must be over before the next one begins.")
REPEATED_HOUR = _("A series cannot begin or end in an hour that the clock shows twice, when summer time ends.")
NOTHING_LEFT_OUT = _("Only bookings of the series can be left out: give the moments at which they would begin.")
ALL_LEFT_OUT = _("All bookings of the series are left out. Leave at least one.")

LAST_YEAR = 2199
LONGEST_RULE = 500
"""Characters. Every list of days that means something is shorter."""

# dateutil seeks the next date up to the year 9999: half a second for a rule that has none. The calendar repeats every
# 400 years, weekdays included, so the search is made 19 times as many years ahead, where that end is near (20 ms).
_AHEAD = 19 * timedelta(days=146_097)

_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_NUMBERED_DAY = f"[+-]?[1-5]{_DAY}"
_MONTH_DAY = "[+-]?(?:0?[1-9]|[12][0-9]|3[01])"
_PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY",
    "COUNT": "[1-9][0-9]*",
    "UNTIL": "[0-9]{8}(?:T[0-9]{6}Z?)?",
    "INTERVAL": "[1-9][0-9]{0,2}",
    # plain and numbered days in one list would be read by dateutil as "both at once"
    "BYDAY": f"{_DAY}(?:,{_DAY})*|{_NUMBERED_DAY}(?:,{_NUMBERED_DAY})*",
    "BYMONTHDAY": f"{_MONTH_DAY}(?:,{_MONTH_DAY})*",
    "BYSETPOS": f"{_MONTH_DAY}(?:,{_MONTH_DAY})*",
    "WKST": _DAY,
}


@dataclass(frozen=True)
class Recurrence:
    """rrule: the value of an RRULE, without its name. exdates: moments at which occurrences that are left out would
    start; a day, or a time without an offset, is the zone's.
    """

    rrule: str
    exdates: tuple[date | datetime, ...] = ()


def expand(period: Period, recurrence: Recurrence | None, *, most: int) -> tuple[Period, ...]:
    """The occurrences in order, disjoint; without a recurrence the period alone. Raises Invalid.

    most: so many starts the rule may have, those left out included. Time and memory are bounded by it.
    """
    if recurrence is None:
        return (period,)
    found = list(islice(starts(period, recurrence.rrule), most + 1))
    if not found:
        raise _invalid("rrule", ENDS_BEFORE)
    if len(found) > most:
        raise _invalid("rrule", TOO_MANY)
    occurrences = tuple(_occurrence(start, period) for start in _without(recurrence.exdates, found, period))
    if any(earlier.overlaps(later) for earlier, later in pairwise(occurrences)):
        raise _invalid("rrule", OVERLAPPING)
    return occurrences


def starts(period: Period, rrule: str) -> Iterator[datetime]:
    """The moments (UTC) at which the rule has occurrences, from the period's own start on. Lazy: COUNT may be huge.

    Raises Invalid where the rule makes no sense or does not end by LAST_YEAR.
    """
    if period.local_start.fold or period.local_end.fold:
        raise _invalid("rrule", REPEATED_HOUR)
    parts = _parts(rrule)
    count, until = int(parts.get("COUNT", 0)), _until(parts)
    counted = 0
    for local in _local_starts(period, parts):
        moment = _moment(local, period.zone)
        if moment is None:
            continue
        if not counted and moment != period.start:
            raise _invalid("rrule", NOT_THE_FIRST)
        if until is not None and (local if until.tzinfo is None else moment) > until:
            return
        yield moment
        counted += 1
        if counted == count:
            return
    if not counted:
        raise _invalid("rrule", NOT_THE_FIRST)
    if until is None:
        raise _invalid("rrule", TOO_FAR)


def _parts(rrule: str) -> Mapping[str, str]:
    pairs = [part.partition("=") for part in rrule.upper().split(";")]
    parts = {name: value for name, _equals, value in pairs}
    known = all(re.fullmatch(_PARTS[name], value) for name, value in parts.items() if name in _PARTS)
    if len(rrule) > LONGEST_RULE or len(parts) < len(pairs) or not known or not {"FREQ"} <= parts.keys() <= set(_PARTS):
        raise _invalid("rrule", NOT_A_RULE)
    if ("COUNT" in parts) == ("UNTIL" in parts):
        raise _invalid("rrule", NO_END)
    monthly = "BYSETPOS" in parts or bool(re.search("[1-5]", parts.get("BYDAY", "")))
    weekly_by_date = parts["FREQ"] == "WEEKLY" and "BYMONTHDAY" in parts
    if (monthly and parts["FREQ"] != "MONTHLY") or weekly_by_date:
        raise _invalid("rrule", NOT_TOGETHER)
    if "BYSETPOS" in parts and not {"BYDAY", "BYMONTHDAY"} & parts.keys():
        raise _invalid("rrule", NOT_A_RULE)
    return parts


def _until(parts: Mapping[str, str]) -> datetime | None:
    """Aware in UTC, or naive where it is a local time; a day ends with its last microsecond."""
    text = parts.get("UNTIL")
    if text is None:
        return None
    try:
        day, clock = datetime.strptime(text[:8], "%Y%m%d").date(), text[9:15]  # noqa: DTZ007
        until = datetime.combine(day, datetime.strptime(clock, "%H%M%S").time() if clock else time.max)  # noqa: DTZ007
    except ValueError as error:
        raise _invalid("rrule", NOT_A_RULE) from error
    if until.year > LAST_YEAR:
        raise _invalid("rrule", TOO_FAR)
    return until.replace(tzinfo=UTC) if text.endswith("Z") else until


def _local_starts(period: Period, parts: Mapping[str, str]) -> Iterator[datetime]:
    """Naive local times up to LAST_YEAR; COUNT and UNTIL are the caller's."""
    pattern = ";".join(f"{name}={value}" for name, value in parts.items() if name not in {"COUNT", "UNTIL"})
    first = period.local_start.replace(tzinfo=None)
    for ahead in rrulestr(pattern, dtstart=first + _AHEAD):
        # dateutil knows whole seconds only
        local = (ahead - _AHEAD).replace(microsecond=first.microsecond)
        if local.year > LAST_YEAR:
            return
        yield local


def _moment(local: datetime, zone: ZoneInfo) -> datetime | None:
    """In UTC; None: the zone's clock never shows this time."""
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    return moment if moment.astimezone(zone).replace(tzinfo=None) == local else None


def _without(exdates: tuple[date | datetime, ...], found: list[datetime], period: Period) -> list[datetime]:
    excluded = {_excluded(each, period) for each in exdates}
    if not excluded <= set(found):
        raise _invalid("exdates", NOTHING_LEFT_OUT)
    left = sorted(set(found) - excluded)
    if not left:
        raise _invalid("exdates", ALL_LEFT_OUT)
    return left


def _excluded(exdate: date | datetime, period: Period) -> datetime:
    """In UTC. A day means the occurrence that starts on it."""
    if not isinstance(exdate, datetime):
        exdate = datetime.combine(exdate, period.local_start.time())
    local = exdate if exdate.tzinfo else exdate.replace(tzinfo=period.zone)
    return local.astimezone(UTC)


def _occurrence(start: datetime, first: Period) -> Period:
    on_the_clock = first.local_end.replace(tzinfo=None) - first.local_start.replace(tzinfo=None)
    local_end = start.astimezone(first.zone).replace(tzinfo=None) + on_the_clock
    return Period(start, local_end.replace(tzinfo=first.zone), first.zone)


def _invalid(field: Literal["rrule", "exdates"], message: str) -> Invalid:
    return Invalid(_("The request is not valid."), errors={"recurrence": {field: [message]}})
