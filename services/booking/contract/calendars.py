"""Calendar feeds (iCalendar, RFC 5545)."""

from __future__ import annotations

from services.chassis.contract import Answer, Part, Request
from services.chassis.fields import Id

calendars = Part("booking", "calendars", "iCalendar feeds (RFC 5545), to subscribe to")


class Feed(Answer):
    """content: text/calendar in UTF-8. It stays the same until a booking changes or leaves the feed."""

    content: str


class CalendarSecret(Answer):
    """secret: part of the address of the person's feed. It is sent once and stored as a hash."""

    secret: str


@calendars.query()
class GetSpaceCalendar(Request[Feed]):
    """Show when a space is taken. Without what for and by whom."""

    space_id: Id


@calendars.query()
class GetPersonCalendar(Request[Feed]):
    """Show the bookings of the person whose address has this secret."""

    secret: Id


@calendars.command(secret=True)
class CreateCalendarAddress(Request[CalendarSecret]):
    """Give my bookings an address to subscribe to. It replaces an earlier one."""


@calendars.command("DELETE /me/calendar", status=204, refuses=(404,))
class RevokeCalendarAddress(Request[None]):
    """Take the address of my bookings back."""
