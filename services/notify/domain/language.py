"""The languages that messages are written in, and dates in their words. Source of the forms: PAGES, Look.

Babel is imported with the first date.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from services.chassis.period import Period


class Language(StrEnum):
    """A language of which every template exists."""

    KO = "ko"
    EN = "en"


_DAY = {Language.KO: "M월 d일 (E)", Language.EN: "E d MMMM,"}
_DATE = {Language.KO: "y년 M월 d일 (E)", Language.EN: "E d MMMM y"}


def language_for(locale: str, fallback: Language) -> Language:
    """The language for a person's locale: "ko-KR" is read in ko, one that nothing is written in as `fallback`."""
    primary = locale.replace("_", "-").partition("-")[0].lower()
    return Language(primary) if primary in set(Language) else fallback


def period_in_words(period: Period, language: Language) -> str:
    """ "3월 20일 (금) 10:00–12:00", "Fri 20 March, 10:00–12:00"; both days where it ends on another than it begins.

    An end at midnight is 24:00 of the day that it ends.
    """
    start, end = period.local_start, period.local_end
    last_day = (end - timedelta(microseconds=1)).date()
    until = f"{end:%H:%M}" if end.date() == last_day else "24:00"
    if last_day != start.date():
        until = f"{_day(end - timedelta(microseconds=1), language)} {until}"
    return f"{_day(start, language)} {start:%H:%M}–{until}"


def moment_in_words(moment: datetime, language: Language) -> str:
    """ "3월 20일 (금) 10:00", "Fri 20 March, 10:00", as the clocks of its zone show it."""
    return f"{_day(moment, language)} {moment:%H:%M}"


def day_in_words(day: date, language: Language) -> str:
    """ "2020년 4월 28일 (화)", "Tue 28 April 2020"."""
    from babel.dates import format_date

    return format_date(day, _DATE[language], locale=language)


def _day(moment: datetime, language: Language) -> str:
    from babel.dates import format_datetime

    return format_datetime(moment, _DAY[language], tzinfo=moment.tzinfo, locale=language)
