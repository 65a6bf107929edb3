"""The addresses of calendar feeds. The feeds themselves are iCalendar (RFC 5545)."""

from __future__ import annotations

from marshmallow import fields

from services.gateway.api.schemas.bases import Answer


class CalendarAddress(Answer):
    """Whoever knows it reads the calendar. It is told this once."""

    secret = fields.String(required=True)
    path = fields.String(
        required=True, metadata={"description": "Where the feed is", "examples": ["/api/v1/calendars/….ics"]}
    )
