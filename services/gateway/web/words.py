"""How pages say things: dates, money, and the states and kinds of things, each in one word.

States go with a shape of `pieces.status`: free, good, asked, taken, refused, closed. Babel is imported with the first
date or number.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from services.booking.contract.vocabulary import Status
from services.chassis.i18n import catalogue
from services.chassis.i18n import msgid as _
from services.chassis.vocabulary import Vocabulary
from services.gateway import incoming, language

BOOKING = {
    Status.PENDING: "asked",
    Status.APPROVED: "good",
    Status.REJECTED: "refused",
    Status.CANCELLED: "closed",
    Status.EXPIRED: "closed",
    Status.CHECKED_IN: "good",
    Status.NO_SHOW: "refused",
}
"""Shapes of the states of a booking."""
FIELDS = {
    "social_economy": _("Social economy"),
    "village_community": _("Village communities"),
    "both": _("Both fields"),
}
MESSAGES = {
    "queued": ("asked", _("Queued")),
    "sending": ("asked", _("Being sent")),
    "sent": ("good", _("Sent")),
    "failed": ("taken", _("Failed, will be tried again")),
    "unknown": ("taken", _("Not known")),
    "dead": ("refused", _("Given up")),
    "skipped": ("closed", _("Not sent")),
}


def say(message: str, **places: Any) -> str:
    """A msgid in the reader's language."""
    text = catalogue(language.PACKAGE, incoming.context().locale).gettext(message)
    return text % places if places else text


def label(of: Vocabulary) -> str:
    """Return the label of a vocabulary's member in the reader's language."""
    return of.label(incoming.context().locale)


def choices(of: Iterable[Vocabulary]) -> list[tuple[str, str]]:
    """Return pairs of value and label, for a form."""
    return [(each.value, label(each)) for each in of]


def day(of: date | datetime | str) -> str:
    """As "3월 20일 (금)" or "Friday 20 March"."""
    return _formatted(of, say("EEEE d MMMM"))


def date_(of: date | datetime | str) -> str:
    """With its year, as "2020년 6월 1일" or "1 June 2020"."""
    return _formatted(of, say("d MMMM y"))


def month_day(of: date | datetime | str) -> str:
    """As "3/20", for where there is little room."""
    return _formatted(of, say("d/M"))


def weekday(of: date | datetime | str) -> str:
    return _formatted(of, "EEEEEE")


def month(of: str | date) -> str:
    """Of "2020-03"."""
    first = date.fromisoformat(f"{of}-01") if isinstance(of, str) else of
    return _formatted(first, say("MMMM y"))


def clock(moment: datetime | str) -> str:
    return f"{_moment(moment):%H:%M}"


def span(start: datetime | str, end: datetime | str) -> str:
    """As "3월 20일 (금) 10:00–12:00"."""
    begins, ends = _moment(start), _moment(end)
    if begins.date() == ends.date():
        return f"{day(begins)} {begins:%H:%M}–{ends:%H:%M}"
    midnight = ends.time() == datetime.min.time() and ends.date() == begins.date() + timedelta(days=1)
    return f"{day(begins)} {begins:%H:%M}–" + ("24:00" if midnight else f"{day(ends)} {ends:%H:%M}")


def days_of(start: datetime | str, to: datetime | str) -> str:
    """Whole days as "2월 24일 (월) – 3월 8일 (일)"; `to` is not included."""
    begins, ends = _moment(start), _moment(to)
    if begins.time() != datetime.min.time() or ends.time() != datetime.min.time():
        return span(begins, ends)
    last = ends - timedelta(days=1)
    return day(begins) if last.date() <= begins.date() else f"{day(begins)} – {day(last)}"


def moment(of: datetime | str) -> str:
    return f"{day(of)} {clock(of)}"


def deadline(of: datetime | str) -> str:
    """As `moment`; midnight is the end of the day before: "5월 8일 (금) 24:00"."""
    at = _moment(of)
    return f"{day(at - timedelta(days=1))} 24:00" if at.time() == datetime.min.time() else moment(of)


def won(amount: int) -> str:
    from babel.numbers import format_decimal

    return say("%(amount)s won", amount=format_decimal(amount, locale=incoming.context().locale))


def number(value: float | int | None) -> str:
    from babel.numbers import format_decimal

    return "–" if value is None else format_decimal(value, locale=incoming.context().locale)


def points(value: str) -> str:
    """Of "24.00" the "24", of "24.50" the "24.5"; what is no number stays as it is."""
    return value.rstrip("0").rstrip(".") if "." in value else value


_TELLERS = (label, day, date_, month_day, weekday, month, clock, span, days_of, moment, deadline, won, number, points)
FILTERS = {each.__name__.rstrip("_"): each for each in _TELLERS}


def _formatted(of: date | datetime | str, pattern: str) -> str:
    from babel.dates import format_date

    when = datetime.fromisoformat(of) if isinstance(of, str) else of
    return format_date(when, pattern, locale=incoming.context().locale)


def _moment(of: datetime | str) -> datetime:
    return datetime.fromisoformat(of) if isinstance(of, str) else of
