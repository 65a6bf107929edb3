"""Applications for a space, and what becomes of them: what is taken."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from services.chassis.fields import Moment
from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Choice, Count, DayOrMoment, Flag, Id, Prose, Several, Text
from services.gateway.api.schemas.bases import EndsAfterItStarts, Incoming, Page, require_order
from services.gateway.api.schemas.equipment import Quantities

STATUSES = ("pending", "approved", "rejected", "cancelled", "expired", "checked_in", "no_show")
PURPOSES = ("community", "education", "culture", "meeting", "business", "political", "religious", "commercial")
FIELDS = ("social_economy", "village_community", "both")
REASONS = ("forbidden_purpose", "incomplete", "unsuitable_space", "centre_needs_it", "other")
SCOPES = ("this", "following", "all")
MOST_ATTENDEES = 100_000
MOST_EXDATES = 500

GROUP = "A group that the applicant belongs to"
FIELD = "The field of the centre's work that it belongs to; by default both"
VERSION = "`version` of the booking as it was read: 409 `stale_version` if it has changed since"


class Recurrence(Incoming):
    """Bookings on several dates, all of them or none."""

    rrule = Text(
        most=500,
        required=True,
        metadata={
            "description": "An RRULE of RFC 5545: DAILY, WEEKLY or MONTHLY, with COUNT or UNTIL",
            "examples": ["FREQ=WEEKLY;COUNT=6"],
        },
    )
    exdates = Several(
        DayOrMoment(),
        most=MOST_EXDATES,
        metadata={"description": "The days, or starts, that are left out", "examples": [["2020-04-03"]]},
    )


class Exemption(Incoming):
    """Why less or nothing is to be paid."""

    ground = Id(required=True, metadata={"examples": ["village_grant"]})
    evidence = Text(most=500, required=True)


class NewBooking(EndsAfterItStarts):
    space_id = Id(required=True, metadata={"examples": ["edu-1"]})
    start = Moment(required=True, metadata={"examples": ["2020-03-20T10:00:00+09:00"]})
    end = Moment(required=True, metadata={"examples": ["2020-03-20T12:00:00+09:00"]})
    title = Text(most=200, required=True)
    purpose = Choice(PURPOSES, required=True)
    attendees = Count(least=1, most=MOST_ATTENDEES, required=True)
    group_id = Id(allow_none=True, metadata={"description": GROUP})
    equipment = Quantities()
    recurrence = fields.Nested(Recurrence, allow_none=True)
    field = Choice(FIELDS, metadata={"description": FIELD})
    exemption = fields.Nested(Exemption, allow_none=True)


class Scope(Choice):
    """Of a series. A single booking is its own series."""

    def __init__(self, default: str) -> None:
        super().__init__(SCOPES, metadata={"description": "Which bookings of a series", "default": default})


class BookingChange(EndsAfterItStarts):
    """What is left out stays as it is. Of several bookings a new time moves each by as much."""

    space_id = Id()
    start = Moment()
    end = Moment()
    title = Text(most=200)
    purpose = Choice(PURPOSES)
    attendees = Count(least=1, most=MOST_ATTENDEES, metadata={"examples": [15]})
    equipment = Quantities()
    field = Choice(FIELDS)
    exemption = fields.Nested(Exemption, allow_none=True)
    scope = Scope("this")
    version = Count(least=1, metadata={"description": VERSION, "examples": [1]})

    @validates_schema
    def changes_something(self, data: dict[str, Any], **_options: Any) -> None:
        if not data.keys() - {"scope", "version"}:
            raise ValidationError(_("Say what is to change."))


class Approval(Incoming):
    scope = Scope("all")


class Rejection(Incoming):
    reason_code = Choice(REASONS, required=True)
    note = Prose(most=2000, least=0, allow_none=True, metadata={"description": "For the applicant to read"})
    scope = Scope("all")


class Cancellation(Incoming):
    scope = Scope("this")
    note = Prose(most=2000, least=0, allow_none=True)
    force_majeure = Flag(metadata={"description": "The whole fee is refunded. For staff", "default": False})


class FindBookings(Page):
    """`from` and `to`: bookings that have a part in this time."""

    status = Choice(STATUSES)
    space_id = Id()
    group_id = Id()
    requester_id = Id()
    series_id = Id()
    since = DayOrMoment(data_key="from", metadata={"description": "A day or a time"})
    until = DayOrMoment(data_key="to", metadata={"description": "A day or a time, not included"})
    own = Flag(metadata={"description": "Only mine and my groups', for staff, too", "default": False})

    @validates_schema
    def in_order(self, data: dict[str, Any], **_options: Any) -> None:
        require_order(data.get("since"), data.get("until"))
