"""A person's inbox in Madang, and the webhook that their own program is called at."""

from __future__ import annotations

from marshmallow import fields

from services.gateway.api.fields import Flag, Text
from services.gateway.api.schemas.bases import Answer, Incoming, Page
from services.gateway.api.schemas.preferences import CATEGORIES


class FindInbox(Page):
    unread = Flag(metadata={"description": "true: only what has not been read"})


class InboxMessage(Answer):
    id = fields.String(required=True)
    category = fields.String(required=True, metadata={"enum": list(CATEGORIES)})
    template = fields.String(required=True)
    locale = fields.String(required=True)
    subject = fields.String(required=True)
    body = fields.String(required=True)
    sent_at = fields.AwareDateTime(required=True)
    read_at = fields.AwareDateTime(required=True, allow_none=True)


class InboxPage(Answer):
    items = fields.List(fields.Nested(InboxMessage), required=True)
    unread = fields.Integer(required=True, metadata={"description": "Of all pages"})
    next_cursor = fields.String(required=True, allow_none=True)


class NewWebhook(Incoming):
    url = Text(most=2000, required=True, metadata={"description": "https://..., reachable from outside"})


class Webhook(Answer):
    url = fields.String(required=True)
    updated_at = fields.AwareDateTime(required=True)


class WebhookWithSecret(Webhook):
    secret = fields.String(required=True, metadata={"description": "whsec_..., told this once: it signs every call"})
