"""Commands in, views out. A command loads into a frozen dataclass; a view dumps times in the centre's zone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import Schema, ValidationError, fields, post_load, validate

from services.chassis.fields import Identifier, Line, Zone
from services.notify.domain.message import Category, Channel, Status

LANGUAGE_TAG = re.compile(r"(?=.{2,10}\Z)[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*\Z")
LONGEST_PHONE = 25


@dataclass(frozen=True)
class PutContact:
    """name: None keeps the name that the person logged in with. zone: IANA; None is the centre's."""

    email: str
    locale: str
    phone: str | None = None
    name: str | None = None
    zone: ZoneInfo | None = None


@dataclass(frozen=True)
class FindContact:
    """person_id: None is the caller."""

    person_id: str | None = None


@dataclass(frozen=True)
class FindMessages:
    limit: int
    cursor: str | None
    status: Status | None = None
    person_id: str | None = None


@dataclass(frozen=True)
class FindMails:
    limit: int
    cursor: int | None


class HeaderLine(Line):
    """A line that may stand in a mail's header: what some programs read as a line break is none here either."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if any(unicodedata.category(each) in {"Zl", "Zp"} for each in text):
            raise ValidationError("Control characters are not allowed.")
        return text


class PutContactSchema(Schema):
    email = HeaderLine(max=254, required=True)
    phone = HeaderLine(max=LONGEST_PHONE, min=0, load_default=None, allow_none=True)
    locale = fields.String(
        required=True, validate=validate.Regexp(LANGUAGE_TAG, error="Give a language tag like ko, en or zh-CN.")
    )
    name = HeaderLine(max=200, min=0, load_default=None, allow_none=True)
    zone = Zone(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> PutContact:
        return PutContact(**{**data, "locale": data["locale"].replace("_", "-"), "phone": data["phone"] or None})


class FindContactSchema(Schema):
    person_id = Identifier(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindContact:
        return FindContact(**data)


class FindMessagesSchema(Schema):
    limit = fields.Integer(load_default=30, validate=validate.Range(min=1, max=100))
    cursor = Identifier(load_default=None, allow_none=True)
    status = fields.Enum(Status, by_value=True, load_default=None, allow_none=True)
    person_id = Identifier(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindMessages:
        return FindMessages(**data)


class FindMailsSchema(Schema):
    limit = fields.Integer(load_default=30, validate=validate.Range(min=1, max=100))
    cursor = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1, max=2**62))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindMails:
        return FindMails(**data)


class ContactView(Schema):
    person_id = fields.String(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    phone = fields.String(required=True, allow_none=True)
    locale = fields.String(required=True)
    zone = fields.String(required=True)
    updated_at = fields.AwareDateTime(format="iso", required=True)


class MessageView(Schema):
    """`reason`: why it is not sent, or not yet. delivered_at: by a receipt. fallback_of: in whose place it goes."""

    id = fields.String(required=True)
    person_id = fields.String(required=True)
    event_id = fields.String(required=True)
    category = fields.Enum(Category, by_value=True, required=True)
    channel = fields.Enum(Channel, by_value=True, required=True)
    template = fields.String(required=True)
    locale = fields.String(required=True)
    subject = fields.String(required=True)
    status = fields.Enum(Status, by_value=True, required=True)
    reason = fields.String(required=True, allow_none=True)
    attempts = fields.Integer(required=True)
    created_at = fields.AwareDateTime(format="iso", required=True)
    sent_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    delivered_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    fallback_of = fields.String(required=True, allow_none=True)


class MessagePage(Schema):
    items = fields.List(fields.Nested(MessageView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class MailView(Schema):
    to = fields.String(required=True)
    channel = fields.String(required=True)
    locale = fields.String(required=True)
    subject = fields.String(required=True)
    body = fields.String(required=True)
    sent_at = fields.AwareDateTime(format="iso", required=True)


class MailPage(Schema):
    items = fields.List(fields.Nested(MailView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
