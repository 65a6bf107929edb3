"""Calendar feeds, to which other programs subscribe."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Response

from services.gateway.api.operations import CALENDAR, Blueprint, ask
from services.gateway.api.schemas.calendars import CalendarAddress

calendars = Blueprint("calendars", __name__, description="iCalendar feeds (RFC 5545), to subscribe to")

FRESH_FOR = timedelta(minutes=5)


@calendars.operation("GET", "/spaces/<id:space_id>/calendar.ics", answer=CALENDAR, refuses=(404,), public=True)
def get_space_calendar(space_id: str) -> Any:
    """Subscribe to when a space is taken. Without what for and by whom."""
    found = ask("booking", "get_space_calendar", {"space_id": space_id})
    return _feed(found["content"], public=True)


@calendars.operation("GET", "/calendars/<id:secret>.ics", answer=CALENDAR, refuses=(404,), public=True)
def get_person_calendar(secret: str) -> Any:
    """Subscribe to the bookings of a person and their groups. Whoever knows the address may."""
    found = ask("booking", "get_person_calendar", {"secret": secret})
    return _feed(found["content"], public=False)


@calendars.operation("POST", "/me/calendar", answer=CalendarAddress, status=201)
def create_calendar_address(body: Mapping[str, Any]) -> Any:
    """Give my bookings an address to subscribe to. One that there was before leads nowhere from now on.

    It is told once: an Idempotency-Key that was used is refused.
    """
    made = ask("booking", "create_calendar_address", body)
    path = f"/api/v1/calendars/{made['secret']}.ics"
    return {"secret": made["secret"], "path": path}, {"Location": path}


@calendars.operation("DELETE", "/me/calendar", answer=None, status=204, refuses=(404,))
def revoke_calendar_address(body: Mapping[str, Any]) -> Any:
    """Take the address of my bookings back."""
    ask("booking", "revoke_calendar_address", body)


def _feed(content: str, *, public: bool) -> Response:
    """Its text changes only when something in it does, so that its hash names it."""
    feed = Response(content, content_type="text/calendar; charset=utf-8")
    feed.set_etag(hashlib.sha256(content.encode()).hexdigest())
    reach = "public" if public else "private"
    feed.headers["Cache-Control"] = f"{reach}, max-age={FRESH_FOR.total_seconds():.0f}"
    return feed
