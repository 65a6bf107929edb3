"""The VTIMEZONE of an IANA zone, for calendars that do not know the zone by its name (RFC 5545, 3.6.5).

Not by `icalendar.Timezone.from_tzinfo`: up to 7.3 its DAYLIGHT begins an hour late. An onset is told on the clock
before the change (02:00), it gives the one after (03:00).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def vtimezone(zone: ZoneInfo, first_year: int, last_year: int) -> Timezone:
    """With every change from the beginning of the first to the end of the last year. Shared: not to be changed."""
    since = datetime(first_year, 1, 1, tzinfo=UTC) - _DAY
    until = datetime(last_year + 1, 1, 1, tzinfo=UTC) + _DAY
    component = Timezone()
    component.add("TZID", zone.key)
    component.add_component(_observance(since, since, zone))
    for change in _changes(zone, since, until):
        component.add_component(_observance(change - timedelta(minutes=1), change, zone))
    return component


def _changes(zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[datetime]:
    """The moments at which the zone's clock changes, to the minute; of two within 24 hours the first."""
    day = since
    while day < until:
        following = day + _DAY
        if _offset(day, zone) != _offset(following, zone):
            minutes = [day + timedelta(minutes=minute) for minute in range(24 * 60 + 1)]
            yield minutes[bisect_left(minutes, True, key=partial(_differs, _offset(day, zone), zone))]
        day = following


def _differs(offset: timedelta, zone: ZoneInfo, moment: datetime) -> bool:
    return _offset(moment, zone) != offset


def _observance(before: datetime, change: datetime, zone: ZoneInfo) -> TimezoneStandard | TimezoneDaylight:
    """before: a moment at which the offset is still the old one."""
    new = change.astimezone(zone)
    observance = TimezoneDaylight() if new.dst() else TimezoneStandard()
    observance.add("DTSTART", change.replace(tzinfo=None) + _offset(before, zone))
    observance.add("TZOFFSETFROM", _offset(before, zone))
    observance.add("TZOFFSETTO", _offset(change, zone))
    observance.add("TZNAME", new.tzname())
    return observance


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).replace(tzinfo=UTC) - moment
