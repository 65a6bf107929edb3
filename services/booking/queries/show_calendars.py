"""Calendar feeds of spaces and persons."""

from __future__ import annotations

from services.booking.contract import calendars as contract
from services.booking.queries import calendar
from services.booking.queries.answers import BookingCall
from services.chassis.errors import NotFound


def get_space_calendar(call: BookingCall, request: contract.GetSpaceCalendar) -> contract.Feed:
    """Raises NotFound."""
    from services.booking.queries import feeds  # icalendar is large: it is imported with the first feed

    space = call.profile.space(request.space_id)
    content = calendar.of_space(call.session, space, rules=call.profile, now=call.now)
    return contract.Feed(content=feeds.space_feed(space, content, call.profile, call.context.locale))


def get_person_calendar(call: BookingCall, request: contract.GetPersonCalendar) -> contract.Feed:
    """Raises NotFound."""
    from services.booking.queries import feeds

    person_id = calendar.person_of(call.session, calendar.digest_of(request.secret))
    if person_id is None:
        raise NotFound
    content = calendar.of_person(call.session, person_id, rules=call.profile, now=call.now)
    return contract.Feed(content=feeds.person_feed(content, call.profile, call.context.locale))
