"""What was sent to whom, as staff see it."""

from __future__ import annotations

from marshmallow import fields

from services.gateway.api.fields import Choice, Id
from services.gateway.api.schemas.bases import Answer, Page
from services.gateway.api.schemas.preferences import CATEGORIES, CHANNELS

STATUSES = ("queued", "sending", "sent", "failed", "unknown", "dead", "skipped")


class FindMessages(Page):
    status = Choice(STATUSES)
    person_id = Id()


class Message(Answer):
    """reason: why it is not sent, or not yet."""

    id = fields.String(required=True)
    person_id = fields.String(required=True)
    event_id = fields.String(required=True)
    category = fields.String(required=True, metadata={"enum": list(CATEGORIES)})
    channel = fields.String(required=True, metadata={"enum": list(CHANNELS)})
    template = fields.String(required=True)
    locale = fields.String(required=True)
    subject = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": list(STATUSES)})
    reason = fields.String(required=True, allow_none=True)
    attempts = fields.Integer(required=True)
    created_at = fields.AwareDateTime(required=True)
    sent_at = fields.AwareDateTime(required=True, allow_none=True)
    delivered_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "By the provider's receipt"}
    )
    fallback_of = fields.String(
        required=True, allow_none=True, metadata={"description": "The message in whose place this one goes out"}
    )


class MessagePage(Answer):
    items = fields.List(fields.Nested(Message), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Recorded(Answer):
    """recorded: reports that are new. unmatched: of messages that are not known here."""

    recorded = fields.Integer(required=True)
    unmatched = fields.Integer(required=True)


class FindSuppressions(Page):
    person_id = Id()


class Suppression(Answer):
    """An address that nothing is sent to any more. The address itself is not kept."""

    id = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": ["email", "phone", "webhook"]})
    person_id = fields.String(required=True, metadata={"description": "Whose address it was then"})
    provider = fields.String(required=True)
    reason = fields.String(required=True)
    suppressed_at = fields.AwareDateTime(required=True)


class SuppressionPage(Answer):
    items = fields.List(fields.Nested(Suppression), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
