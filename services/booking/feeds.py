"""Calendar feeds of what is booked, as text/calendar. Rules: DOMAIN, Booking (iCalendar feed).

What a resident needs of a space's feed is when the space cannot be had. So it has two kinds of entries, both without a
word about who or what: the space's own bookings at their times, and what else takes one of its rooms (the hall for a
classroom, a classroom for the hall) for as long as the room is held, buffers included. Closures, and the hours in
which the centre is closed, are no bookings and not in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from services.booking import ical
from services.booking.domain.lifecycle import Status
from services.booking.domain.rules import BookingRules
from services.booking.domain.space import Space
from services.booking.models import Booking
from services.booking.queries.calendar import Shown
from services.chassis.errors import in_language
from services.chassis.i18n import msgid as _
from services.chassis.i18n import translate
from services.chassis.period import Period

OWN = _("My bookings at %(centre)s")


def of_space(space: Space, shown: Shown, rules: BookingRules, locale: str) -> str:
    own = [each for each in shown.bookings if each.space_id == space.id]
    others = [each for each in shown.bookings if each.space_id != space.id]

    def told(booking: Booking) -> ical.Booking:
        return _told(booking, rules)

    entries = (*_entries(own, shown, rules, told), *(_taking(each, space, rules) for each in others))
    name = in_language(space.names, locale)
    return _text(ical.Feed(name, rules.centre.id, rules.centre.zone, locale, entries))


def of_person(shown: Shown, rules: BookingRules, locale: str) -> str:
    places = {space.id: in_language(space.names, locale) for space in rules.spaces.values()}

    def told(booking: Booking) -> ical.Booking:
        # a space may have left the profile since
        place = places.get(booking.space_id, booking.space_id)
        return replace(_told(booking, rules), title=booking.title, location=place)

    centre = rules.centre
    name = translate("services.booking", locale, OWN, {"centre": centre.names})
    entries = tuple(_entries(shown.bookings, shown, rules, told))
    return _text(ical.Feed(name, centre.id, centre.zone, locale, entries, private=True))


def _entries(
    bookings: Iterable[Booking], shown: Shown, rules: BookingRules, told: Callable[[Booking], ical.Booking]
) -> Iterator[ical.Booking | ical.Series]:
    """Each alone, but for those of a series, which are one entry where the first of them stands."""
    together: dict[str, dict[datetime, ical.Booking]] = defaultdict(dict)
    for booking in bookings:
        if booking.series_id is None or booking.original_start is None:
            together[booking.id] = {booking.starts_at: told(booking)}
        else:
            together[booking.series_id][booking.original_start] = told(booking)
    for id, of_it in together.items():
        if id in shown.series:
            series = shown.series[id]
            first = Period(series.starts_at, series.ends_at, rules.centre.zone)
            yield ical.Series(id, first, series.rrule, of_it)
        else:
            yield from of_it.values()


def _told(booking: Booking, rules: BookingRules) -> ical.Booking:
    """Without a word."""
    return ical.Booking(
        id=booking.id,
        period=Period(booking.starts_at, booking.ends_at, rules.centre.zone),
        status=Status(booking.status),
        changed_at=booking.changed_at,
        sequence=booking.version,
        title="",
        location="",
    )


def _taking(booking: Booking, space: Space, rules: BookingRules) -> ical.Booking:
    """A booking of another space, as one that takes this one. Each alone, under an id that it has in this feed only:
    a reader that subscribes to both feeds must not take the two for one.
    """
    told = _told(booking, rules)
    return replace(told, id=f"{booking.id}.{space.id}", period=rules.space(booking.space_id).held(told.period))


def _text(feed: ical.Feed) -> str:
    return ical.feed(feed).decode()
