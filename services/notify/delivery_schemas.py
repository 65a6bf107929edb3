"""Commands and views of delivery: the in-app inbox, replays, receipts, suppressed addresses, webhooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.chassis.fields import Identifier, Line
from services.notify.domain.suppression import Kind

LONGEST_RECEIPT = 256 * 1024
"""Characters of one call: some hundreds of reports."""


@dataclass(frozen=True)
class FindInbox:
    limit: int
    cursor: str | None
    unread: bool


@dataclass(frozen=True)
class OneMessage:
    message_id: str


@dataclass(frozen=True)
class RecordReceipt:
    """signature_*: the headers of Standard Webhooks. body: as it was signed, byte for byte."""

    provider: str
    signature_id: str
    signature_time: str
    signature: str
    body: str


@dataclass(frozen=True)
class FindSuppressions:
    limit: int
    cursor: str | None
    person_id: str | None


@dataclass(frozen=True)
class LiftSuppression:
    suppression_id: str


@dataclass(frozen=True)
class PutWebhook:
    url: str


class FindInboxSchema(Schema):
    limit = fields.Integer(load_default=30, validate=validate.Range(min=1, max=100))
    cursor = Identifier(load_default=None, allow_none=True)
    unread = fields.Boolean(load_default=False)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindInbox:
        return FindInbox(**data)


class OneMessageSchema(Schema):
    message_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> OneMessage:
        return OneMessage(**data)


class RecordReceiptSchema(Schema):
    provider = Identifier(required=True)
    signature_id = fields.String(load_default="", validate=validate.Length(max=255))
    signature_time = fields.String(load_default="", validate=validate.Length(max=30))
    signature = fields.String(load_default="", validate=validate.Length(max=1000))
    body = fields.String(required=True, validate=validate.Length(max=LONGEST_RECEIPT))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RecordReceipt:
        return RecordReceipt(**data)


class FindSuppressionsSchema(Schema):
    limit = fields.Integer(load_default=30, validate=validate.Range(min=1, max=100))
    cursor = Identifier(load_default=None, allow_none=True)
    person_id = Identifier(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindSuppressions:
        return FindSuppressions(**data)


class LiftSuppressionSchema(Schema):
    suppression_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> LiftSuppression:
        return LiftSuppression(**data)


class PutWebhookSchema(Schema):
    url = Line(max=2000, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> PutWebhook:
        return PutWebhook(**data)


class NoArguments(Schema):
    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> None:
        return None


class InboxMessageView(Schema):
    id = fields.String(required=True)
    category = fields.String(required=True)
    template = fields.String(required=True)
    locale = fields.String(required=True)
    subject = fields.String(required=True)
    body = fields.String(required=True)
    sent_at = fields.AwareDateTime(format="iso", required=True)
    read_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)


class InboxPage(Schema):
    """unread: of all pages."""

    items = fields.List(fields.Nested(InboxMessageView), required=True)
    unread = fields.Integer(required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class ReceiptView(Schema):
    """recorded: reports that are new. unmatched: of messages that are not known here."""

    recorded = fields.Integer(required=True)
    unmatched = fields.Integer(required=True)


class SuppressionView(Schema):
    id = fields.String(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    person_id = fields.String(required=True)
    provider = fields.String(required=True)
    reason = fields.String(required=True)
    suppressed_at = fields.AwareDateTime(format="iso", required=True)


class SuppressionPage(Schema):
    items = fields.List(fields.Nested(SuppressionView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class WebhookView(Schema):
    url = fields.String(required=True)
    updated_at = fields.AwareDateTime(format="iso", required=True)


class WebhookSecret(WebhookView):
    """secret: told this once; it signs every call (Standard Webhooks)."""

    secret = fields.String(required=True)
