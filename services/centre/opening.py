"""When the centre is open, and what a business day is. Rules: DOMAIN, Booking (hours)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.chassis.period import Period

if TYPE_CHECKING:
    from holidays import HolidayBase

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Hours:
    opens: time
    closes: time


@dataclass(frozen=True)
class Centre:
    """names: by language. hours: by weekday; a weekday without hours is closed. country: whose public holidays close
    it.
    """

    id: str
    names: Mapping[str, str]
    zone: ZoneInfo
    country: str
    hours: Mapping[str, Hours]

    def holiday(self, day: date) -> Mapping[str, str] | None:
        """The public holiday's name by language, substitute days included, or None."""
        korean = _holidays(self.country, day.year, "ko").get(day)
        english = _holidays(self.country, day.year, "en_US").get(day)
        return {"ko": korean or english, "en": english or korean} if korean or english else None

    def open_hours(self, day: date) -> Period | None:
        """From opening to closing, or None on a day on which the centre is closed."""
        hours = self.hours.get(WEEKDAYS[day.weekday()])
        if hours is None or self.holiday(day) is not None:
            return None
        return Period(
            datetime.combine(day, hours.opens, self.zone), datetime.combine(day, hours.closes, self.zone), self.zone
        )

    def moment(self, at: date | datetime) -> datetime:
        """A day means its midnight; a time without an offset is local."""
        if not isinstance(at, datetime):
            return datetime.combine(at, time(), self.zone)
        return at if at.tzinfo else at.replace(tzinfo=self.zone)

    def period(self, start: date | datetime, to: date | datetime) -> Period:
        """Raises Invalid: it ends before it starts."""
        since, until = self.moment(start), self.moment(to)
        if since >= until:
            raise Invalid(errors={"to": [_("This must be after the start.")]})
        return Period(since, until, self.zone)

    def next_opening(self, now: datetime, days: int = 31) -> datetime | None:
        """When the centre opens the next time after `now`; None: not within so many days."""
        today = now.astimezone(self.zone).date()
        for ahead in range(days + 1):
            hours = self.open_hours(today + timedelta(days=ahead))
            if hours is not None and hours.start > now:
                return hours.local_start
        return None

    def is_business_day(self, day: date) -> bool:
        """Monday to Friday and no public holiday, as Korean offices count; an open Saturday is none."""
        return day.weekday() < 5 and self.holiday(day) is None

    def business_days_after(self, day: date, count: int) -> date:
        while count:
            day += timedelta(days=1)
            count -= self.is_business_day(day)
        return day


@lru_cache(maxsize=256)
def _holidays(country: str, year: int, language: str) -> HolidayBase:
    import holidays  # with the country's calendars it takes 11 MB: where somebody asks for a day

    return holidays.country_holidays(country, years=year, language=language)
