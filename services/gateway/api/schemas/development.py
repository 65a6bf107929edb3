"""What only the development mode knows."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.fields import Moment
from services.gateway.api.fields import Count
from services.gateway.api.schemas.bases import Answer, Incoming, Limited
from services.gateway.api.schemas.preferences import CHANNELS


class MoveClock(Incoming):
    now = Moment(required=True, metadata={"description": "Not before the present time"})


class Clock(Answer):
    now = fields.AwareDateTime(required=True)


class FindMails(Limited):
    cursor = Count(least=1, metadata={"description": "`next_cursor` of the page before"})


class Mail(Answer):
    to = fields.String(required=True)
    channel = fields.String(required=True, metadata={"enum": list(CHANNELS)})
    locale = fields.String(required=True)
    subject = fields.String(required=True)
    body = fields.String(required=True)
    sent_at = fields.AwareDateTime(required=True)


class Mailbox(Answer):
    items = fields.List(fields.Nested(Mail), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
