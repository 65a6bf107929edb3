"""Audiences and broadcasts: commands and questions in, answers out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from services.chassis.fields import Identifier, Moment, Paragraphs
from services.notify.domain.audience import Group, GroupKind
from services.notify.domain.broadcast import CATEGORIES, CHANNELS, State
from services.notify.domain.language import Language
from services.notify.domain.message import Category, Channel
from services.notify.schemas import HeaderLine

LONGEST_SUBJECT = 200
LONGEST_BODY = 5000

Texts = Mapping[Language, Mapping[str, str]]
"""{language: {subject, body}}. Whose language is missing reads another."""


@dataclass(frozen=True)
class Content:
    """What is said, and how."""

    category: Category
    channels: tuple[Channel, ...]
    texts: Texts


@dataclass(frozen=True)
class CreateBroadcast(Content):
    audience: Group


@dataclass(frozen=True)
class ChangeBroadcast(CreateBroadcast):
    broadcast_id: str
    version: int | None


@dataclass(frozen=True)
class OneBroadcast:
    broadcast_id: str


@dataclass(frozen=True)
class SendBroadcast(OneBroadcast):
    """send_at: None is now. version: of the draft that was looked at."""

    send_at: datetime | None
    version: int | None


@dataclass(frozen=True)
class FindNotices:
    limit: int
    cursor: str | None


@dataclass(frozen=True)
class FindBroadcasts(FindNotices):
    state: State | None


@dataclass(frozen=True)
class ForgetStaff:
    person_id: str


class GroupSchema(Schema):
    kind = fields.Enum(GroupKind, by_value=True, required=True)
    key = fields.String(load_default="", validate=validate.Length(max=100))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Group:
        try:
            return Group(**data)
        except ValueError as error:
            raise ValidationError(str(error), "key") from error


class TextSchema(Schema):
    subject = HeaderLine(max=LONGEST_SUBJECT, required=True)
    body = Paragraphs(max=LONGEST_BODY, required=True)


class ContentSchema(Schema):
    made: type[Content] = Content
    category = fields.Enum(Category, by_value=True, required=True, validate=validate.OneOf(CATEGORIES))
    channels = fields.List(
        fields.Enum(Channel, by_value=True, validate=validate.OneOf(CHANNELS)),
        required=True,
        validate=validate.Length(min=1, max=len(CHANNELS)),
    )
    texts = fields.Dict(
        keys=fields.Enum(Language, by_value=True),
        values=fields.Nested(TextSchema),
        required=True,
        validate=validate.Length(min=1),
    )

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Content:
        return self.made(**{**data, "channels": tuple(dict.fromkeys(data["channels"]))})


class CreateBroadcastSchema(ContentSchema):
    made: type[Content] = CreateBroadcast
    audience = fields.Nested(GroupSchema, required=True)


def version() -> fields.Field[Any]:
    return fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(min=1))


class ChangeBroadcastSchema(CreateBroadcastSchema):
    made = ChangeBroadcast
    broadcast_id = Identifier(required=True)
    version = version()


class OneBroadcastSchema(Schema):
    broadcast_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> OneBroadcast:
        return OneBroadcast(**data)


class SendBroadcastSchema(Schema):
    broadcast_id = Identifier(required=True)
    send_at = Moment(load_default=None, allow_none=True)
    version = version()

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> SendBroadcast:
        return SendBroadcast(**data)


class FindNoticesSchema(Schema):
    made: type[FindNotices] = FindNotices
    limit = fields.Integer(load_default=30, validate=validate.Range(min=1, max=100))
    cursor = Identifier(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindNotices:
        return self.made(**data)


class FindBroadcastsSchema(FindNoticesSchema):
    made = FindBroadcasts
    state = fields.Enum(State, by_value=True, load_default=None, allow_none=True)


class ForgetStaffSchema(Schema):
    person_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ForgetStaff:
        return ForgetStaff(**data)


class AudienceView(Schema):
    kind = fields.String(required=True)
    key = fields.String(required=True)
    people = fields.Integer(required=True)


class AudienceList(Schema):
    items = fields.List(fields.Nested(AudienceView), required=True)


class GroupView(Schema):
    kind = fields.String(required=True)
    key = fields.String(required=True)


class TextView(Schema):
    subject = fields.String(required=True)
    body = fields.String(required=True)


class ListedBroadcastView(Schema):
    id = fields.String(required=True)
    state = fields.String(required=True)
    category = fields.String(required=True)
    audience = fields.Nested(GroupView, required=True)
    channels = fields.List(fields.String(), required=True)
    texts = fields.Dict(keys=fields.String(), values=fields.Nested(TextView), required=True)
    send_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    finished_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    people = fields.Integer(required=True)
    written_by = fields.String(required=True)
    written_at = fields.AwareDateTime(format="iso", required=True)
    version = fields.Integer(required=True)


class ProgressView(Schema):
    """Messages, by what became of them; by channel the same; skipped: by reason."""

    messages = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    channels = fields.Dict(keys=fields.String(), values=fields.Dict(), required=True)
    skipped = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class BroadcastView(ListedBroadcastView):
    """people: whom it has reached so far."""

    progress = fields.Nested(ProgressView, required=True)


class BroadcastPage(Schema):
    items = fields.List(fields.Nested(ListedBroadcastView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class NoticeView(Schema):
    """In one language. locale: which. sent_at: when the last of its people was told."""

    id = fields.String(required=True)
    locale = fields.String(required=True)
    subject = fields.String(required=True)
    body = fields.String(required=True)
    sent_at = fields.AwareDateTime(format="iso", required=True)


class NoticePage(Schema):
    items = fields.List(fields.Nested(NoticeView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class ChannelCountView(Schema):
    """goes: to so many now. waits: for the end of somebody's quiet hours, or of the night. skipped: by reason."""

    channel = fields.String(required=True)
    goes = fields.Integer(required=True)
    waits = fields.Integer(required=True)
    skipped = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class CountView(Schema):
    """people: in the audience at this moment. reached: who gets it over at least one channel."""

    people = fields.Integer(required=True)
    reached = fields.Integer(required=True)
    languages = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    channels = fields.List(fields.Nested(ChannelCountView), required=True)


class SampleView(Schema):
    """As somebody reads it over the channel. size: bytes of EUC-KR of a text to a phone."""

    channel = fields.String(required=True)
    locale = fields.String(required=True)
    subject = fields.String(required=True)
    body = fields.String(required=True)
    size = fields.Integer(required=True, allow_none=True)


class SampleList(Schema):
    items = fields.List(fields.Nested(SampleView), required=True)


class TestedView(Schema):
    """messages: that are on their way to whoever asked."""

    messages = fields.Integer(required=True)
