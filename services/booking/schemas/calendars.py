"""Calendar feeds: what is asked, and the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load

from services.chassis.fields import Identifier


@dataclass(frozen=True)
class ShowSpaceCalendar:
    space_id: str


@dataclass(frozen=True)
class ShowPersonCalendar:
    secret: str


class ShowSpaceCalendarSchema(Schema):
    space_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ShowSpaceCalendar:
        return ShowSpaceCalendar(**data)


class ShowPersonCalendarSchema(Schema):
    secret = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ShowPersonCalendar:
        return ShowPersonCalendar(**data)


class CalendarView(Schema):
    """`content`: the feed as it is sent (text/calendar; charset=utf-8). It is the same text until a booking changes or
    grows too old to be shown, so that its hash is an ETag.
    """

    content = fields.String(required=True)


class CalendarAddressView(Schema):
    """`secret`: stands in the address of the person's feed. It is told this once and kept as a hash."""

    secret = fields.String(required=True)
