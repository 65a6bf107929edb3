"""Calendar feeds that other programs subscribe to (RFC 5545, METHOD:PUBLISH). Rules: DOMAIN, Booking, iCalendar feed.

A single booking is a VEVENT with a UID for ever; when it is cancelled, rejected or has expired it stays, with
STATUS:CANCELLED. A series is one VEVENT with an RRULE, so that a reader's own calendar shows it as one thing. Whatever
became of its bookings, a reader that follows RFC 5545 finds exactly those that live:

- The rule ends by UNTIL at the last of them; COUNT would count what the clock skips in some readers, not in others.
- A start at which nothing lives is an EXDATE, whether it was left out from the beginning or cancelled later. The other
  way, an override with STATUS:CANCELLED, is not relied on: Exchange has a list of deleted dates that EXDATE fills, and
  Apple and Google write EXDATE themselves, while of cancelled overrides some readers show the struck-out event and
  others the original beside it.
- A booking whose time, state or words are not those of its series is an override with RECURRENCE-ID, as is one that
  daylight saving makes longer or shorter: a DTEND repeats the exact length (3.8.5.3), not the time on the clock.
- A series of which nothing lives stays as a whole, with STATUS:CANCELLED.
- A booking that the rule does not know (its zone's law was changed since) stands alone, under its own UID.

Times are local with TZID, but for the second run of an hour that the clock repeats: only UTC can name it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vRecur

from services.booking.contract.vocabulary import Status
from services.booking.domain.recurrence import starts
from services.booking.domain.vtimezone import vtimezone
from services.chassis.i18n import msgid as _
from services.chassis.i18n import translate
from services.chassis.period import Period

REFRESH = timedelta(hours=1)

CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"
_STATUS = {
    Status.PENDING: TENTATIVE,
    Status.APPROVED: CONFIRMED,
    Status.CHECKED_IN: CONFIRMED,
    Status.REJECTED: CANCELLED,
    Status.CANCELLED: CANCELLED,
    Status.EXPIRED: CANCELLED,
    Status.NO_SHOW: CANCELLED,  # its room is free again
}
_WORD = {CONFIRMED: _("Booked"), TENTATIVE: _("Applied for"), CANCELLED: _("Cancelled")}


@dataclass(frozen=True)
class Booking:
    """sequence: grows with every change of the booking. title, location: shown in private feeds only."""

    id: str
    period: Period
    status: Status
    changed_at: datetime
    sequence: int
    title: str
    location: str

    @property
    def lives(self) -> bool:
        return _STATUS[self.status] != CANCELLED


@dataclass(frozen=True)
class Series:
    """first: the period that the rule was given with. bookings: by the start that the rule gives each, not empty; it
    may be a part of the series, the rest is not shown.
    """

    id: str
    first: Period
    rrule: str
    bookings: Mapping[datetime, Booking]


@dataclass(frozen=True)
class Feed:
    """zone: that of all its periods. private: for one person's eyes, with titles and places."""

    name: str
    centre_id: str
    zone: ZoneInfo
    locale: str
    entries: tuple[Booking | Series, ...]
    private: bool = False


def feed(of: Feed) -> bytes:
    """The same feed is the same bytes: DTSTAMP is the time of the last change."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Madang//Bookings//EN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", of.name)
    calendar.add("X-WR-CALNAME", of.name)
    calendar.add("X-WR-TIMEZONE", of.zone.key)
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    periods = [period for entry in of.entries for period in _periods(entry)]
    if periods:
        years = {moment.year for period in periods for moment in (period.local_start, period.local_end)}
        calendar.add_component(vtimezone(of.zone, min(years), max(years)))
    for entry in of.entries:
        for event in _events(entry, of):
            calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _periods(entry: Booking | Series) -> list[Period]:
    if isinstance(entry, Booking):
        return [entry.period]
    return [entry.first, *(each.period for each in entry.bookings.values())]


def _events(entry: Booking | Series, of: Feed) -> Iterator[Event]:
    if isinstance(entry, Booking):
        yield _single(entry, of)
    else:
        yield from _series(entry, of)


def _single(booking: Booking, of: Feed) -> Event:
    return _event(booking, booking.id, booking.period, booking.sequence, booking.changed_at, of)


def _series(series: Series, of: Feed) -> Iterator[Event]:
    booked = {start.astimezone(UTC): each for start, each in sorted(series.bookings.items())}
    shown = {start: each for start, each in booked.items() if each.lives} or booked
    last = max(shown)
    ruled = list(takewhile(lambda start: start <= last, starts(series.first, series.rrule)))
    yield from (_single(shown.pop(start), of) for start in sorted(shown.keys() - set(ruled)))
    if not shown:
        return
    # the one VEVENT changes with each of its bookings
    sequence, changed_at = (
        sum(each.sequence for each in booked.values()),
        max(each.changed_at for each in booked.values()),
    )
    usual = shown[min(shown)]
    event = _event(usual, series.id, series.first, sequence, changed_at, of)
    event.add("RRULE", _rule(series.rrule, last))
    for start in ruled:
        if start not in shown:
            event.add("EXDATE", start.astimezone(of.zone))
    yield event
    for start, booking in shown.items():
        repeated = Period(start, start + series.first.length, of.zone)
        if booking.period != repeated or _looks(booking, of) != _looks(usual, of):
            override = _event(booking, series.id, booking.period, sequence, booking.changed_at, of)
            override.add("RECURRENCE-ID", start.astimezone(of.zone))
            yield override


def _rule(rrule: str, last: datetime) -> vRecur:
    rule: vRecur = vRecur.from_ical(rrule.upper())
    rule.pop("COUNT", None)
    rule["UNTIL"] = last
    return rule


def _event(booking: Booking, id: str, period: Period, sequence: int, changed_at: datetime, of: Feed) -> Event:
    status, summary, location = _looks(booking, of)
    event = Event()
    event.add("UID", f"{id}@{of.centre_id}")
    event.add("DTSTAMP", changed_at.astimezone(UTC))
    event.add("LAST-MODIFIED", changed_at.astimezone(UTC))
    event.add("SEQUENCE", sequence)
    event.add("DTSTART", _local(period.start, of.zone))
    event.add("DTEND", _local(period.end, of.zone))
    event.add("STATUS", status)
    # for readers that do not look at the status
    event.add("TRANSP", "TRANSPARENT" if status == CANCELLED else "OPAQUE")
    event.add("SUMMARY", summary)
    if location:
        event.add("LOCATION", location)
    return event


def _looks(booking: Booking, of: Feed) -> tuple[str, str, str]:
    """Status, summary, location."""
    status = _STATUS[booking.status]
    if of.private:
        return status, booking.title, booking.location
    return status, translate("services.booking", of.locale, _WORD[status], {}), ""


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    local = moment.astimezone(zone)
    return moment if local.fold else local
