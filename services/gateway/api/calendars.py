"""Calendar feeds, to which other programs subscribe."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from flask import Response

from services.booking.contract import calendars as contract
from services.gateway.api.derived import add
from services.gateway.api.operations import CALENDAR, Blueprint
from services.gateway.api.schemas.calendars import CalendarAddress
from services.gateway.client import ask

calendars = Blueprint(contract.calendars.name, __name__, description=contract.calendars.description)

FRESH_FOR = timedelta(minutes=5)


@calendars.operation("GET", "/spaces/<id:space_id>/calendar.ics", answer=CALENDAR, refuses=(404,), public=True)
def get_space_calendar(space_id: str) -> Response:
    """Subscribe to when a space is taken. Without what for and by whom."""
    return _feed(ask(contract.GetSpaceCalendar(space_id=space_id)), public=True)


@calendars.operation("GET", "/calendars/<id:secret>.ics", answer=CALENDAR, refuses=(404,), public=True)
def get_person_calendar(secret: str) -> Response:
    """Subscribe to the bookings of a person and their groups. Whoever knows the address may."""
    return _feed(ask(contract.GetPersonCalendar(secret=secret)), public=False)


@calendars.operation("POST", "/me/calendar", answer=CalendarAddress, status=201)
def create_calendar_address(**_: object) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Give my bookings an address to subscribe to. One that there was before leads nowhere from now on.

    It is told once: an Idempotency-Key that was used is refused.
    """
    secret = ask(contract.CreateCalendarAddress()).secret
    path = f"/api/v1/calendars/{secret}.ics"
    return {"secret": secret, "path": path}, {"Location": path}


add(calendars, contract.RevokeCalendarAddress)


def _feed(feed: contract.Feed, *, public: bool) -> Response:
    """Return the feed with a hash of its content as its ETag: the content is stable."""
    response = Response(feed.content, content_type="text/calendar; charset=utf-8")
    response.set_etag(hashlib.sha256(feed.content.encode()).hexdigest())
    reach = "public" if public else "private"
    response.headers["Cache-Control"] = f"{reach}, max-age={FRESH_FOR.total_seconds():.0f}"
    return response
