"""Calendar feeds of bookings, as text/calendar. Rules: DOMAIN, Booking (iCalendar feed).

A space's feed shows when the space is taken, without titles and names. It has the space's own bookings at their times,
and bookings of other spaces that take one of its rooms (the hall for a classroom, a classroom for the hall) for as long
as the room is held, with buffers. It has no closures and no opening hours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from services.booking.contract.vocabulary import Status
from services.booking.domain import ical
from services.booking.domain.rules import BookingRules
from services.booking.domain.space import Space
from services.booking.models import Booking
from services.booking.queries.calendar import FeedContent
from services.chassis.errors import in_language
from services.chassis.i18n import msgid as _
from services.chassis.i18n import translate
from services.chassis.period import Period

OWN = _("My bookings at %(centre)s")


def space_feed(space: Space, content: FeedContent, rules: BookingRules, locale: str) -> str:
    own = [each for each in content.bookings if each.space_id == space.id]
    others = [each for each in content.bookings if each.space_id != space.id]

    def entry(booking: Booking) -> ical.Booking:
        return _entry(booking, rules)

    entries = (*_entries(own, content, rules, entry), *(_taking(each, space, rules) for each in others))
    name = in_language(space.names, locale)
    return _text(ical.Feed(name, rules.centre.id, rules.centre.zone, locale, entries))


def person_feed(content: FeedContent, rules: BookingRules, locale: str) -> str:
    places = {space.id: in_language(space.names, locale) for space in rules.spaces.values()}

    def entry(booking: Booking) -> ical.Booking:
        # a space may have left the profile since
        place = places.get(booking.space_id, booking.space_id)
        return replace(_entry(booking, rules), title=booking.title, location=place)

    centre = rules.centre
    name = translate("services.booking", locale, OWN, {"centre": centre.names})
    entries = tuple(_entries(content.bookings, content, rules, entry))
    return _text(ical.Feed(name, centre.id, centre.zone, locale, entries, private=True))


def _entries(
    bookings: Iterable[Booking], content: FeedContent, rules: BookingRules, entry: Callable[[Booking], ical.Booking]
) -> Iterator[ical.Booking | ical.Series]:
    """Yield one entry for each booking, and one for each series at the place of its first booking."""
    together: dict[str, dict[datetime, ical.Booking]] = defaultdict(dict)
    for booking in bookings:
        if booking.series_id is None or booking.original_start is None:
            together[booking.id] = {booking.starts_at: entry(booking)}
        else:
            together[booking.series_id][booking.original_start] = entry(booking)
    for id, of_it in together.items():
        if id in content.series:
            series = content.series[id]
            first = Period(series.starts_at, series.ends_at, rules.centre.zone)
            yield ical.Series(id, first, series.rrule, of_it)
        else:
            yield from of_it.values()


def _entry(booking: Booking, rules: BookingRules) -> ical.Booking:
    """Return an entry without title and place."""
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
    """Return a booking of another space as an entry that takes this space.

    Its id is used in this feed only, so that a reader of both feeds does not take the two entries for one.
    """
    entry = _entry(booking, rules)
    return replace(entry, id=f"{booking.id}.{space.id}", period=rules.space(booking.space_id).held(entry.period))


def _text(feed: ical.Feed) -> str:
    return ical.feed(feed).decode()
