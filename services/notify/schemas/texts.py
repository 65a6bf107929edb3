"""Templates: what staff read, write and try out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.chassis.fields import Identifier, Line, Paragraphs
from services.notify.domain.language import Language
from services.notify.domain.message import Channel
from services.notify.domain.template import Approval
from services.notify.rendering import LONGEST_SOURCE, TemplateId

KEY = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
MOST_NAMES = 30
LONGEST_WORD = 2000


@dataclass(frozen=True)
class OneTemplate:
    template: TemplateId


@dataclass(frozen=True)
class PutTemplate(OneTemplate):
    """variables: the names that it may use, of a key that no event of Madang brings words for. version: of the one that
    was read; None replaces whatever is there.
    """

    source: str
    variables: frozenset[str] | None
    version: int | None


@dataclass(frozen=True)
class PreviewTemplate(OneTemplate):
    """source: None for the one that is there. words: in the place of samples."""

    source: str | None
    variables: frozenset[str] | None
    words: Mapping[str, str]


@dataclass(frozen=True)
class MoveApproval(OneTemplate):
    approval: Approval
    note: str | None


class OneTemplateSchema(Schema):
    made: type[OneTemplate] = OneTemplate
    key = fields.String(required=True, validate=validate.Regexp(KEY, error="Give a name like room_reopened."))
    channel = fields.Enum(Channel, by_value=True, required=True)
    locale = fields.Enum(Language, by_value=True, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> OneTemplate:
        template = TemplateId(data.pop("key"), data.pop("channel"), data.pop("locale"))
        return self.made(template, **data)


class Source(Paragraphs):
    """Its lines end as lines do here."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        return super()._deserialize(value, attr, data, **kwargs).replace("\r\n", "\n").replace("\r", "\n")


def name() -> fields.Field[Any]:
    """Of a word in a template."""
    return fields.String(validate=validate.Regexp(NAME, error="Give names like opens_at."))


class Names(fields.List[Any]):
    """A set of names that templates may use."""

    def __init__(self, **options: Any) -> None:
        super().__init__(name(), validate=validate.Length(max=MOST_NAMES), **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        return frozenset(super()._deserialize(value, attr, data, **kwargs))


def words(**options: Any) -> fields.Field[Any]:
    return fields.Dict(
        keys=name(), values=Paragraphs(max=LONGEST_WORD, min=0), validate=validate.Length(max=MOST_NAMES), **options
    )


class PutTemplateSchema(OneTemplateSchema):
    made = PutTemplate
    source = Source(max=LONGEST_SOURCE, required=True)
    variables = Names(load_default=None, allow_none=True)
    version = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(min=0))


class PreviewTemplateSchema(OneTemplateSchema):
    made = PreviewTemplate
    source = Source(max=LONGEST_SOURCE, load_default=None, allow_none=True)
    variables = Names(load_default=None, allow_none=True)
    words = words(load_default=dict)


class MoveApprovalSchema(OneTemplateSchema):
    made = MoveApproval
    approval = fields.Enum(Approval, by_value=True, required=True)
    note = Line(max=500, load_default=None, allow_none=True)


@dataclass(frozen=True)
class FindDecisions:
    subject_id: str
    limit: int
    cursor: int | None


class FindDecisionsSchema(Schema):
    """subject_id: a broadcast's id, or `key.channel.locale` of a template."""

    subject_id = Identifier(required=True)
    limit = fields.Integer(load_default=30, validate=validate.Range(min=1, max=100))
    cursor = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1, max=2**62))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindDecisions:
        return FindDecisions(**data)


class OfferView(Schema):
    """A name that a template may use, and what stands for it when it is tried."""

    name = fields.String(required=True)
    sample = fields.String(required=True)


class TemplateView(Schema):
    """version 0: as Madang brings it. source: empty where the channel says what the mail says, or its subject."""

    key = fields.String(required=True)
    channel = fields.Enum(Channel, by_value=True, required=True)
    locale = fields.Enum(Language, by_value=True, required=True)
    version = fields.Integer(required=True)
    source = fields.String(required=True)
    offers = fields.List(fields.Nested(OfferView), required=True)
    limit = fields.Integer(required=True, allow_none=True)
    approval = fields.Enum(Approval, by_value=True, required=True, allow_none=True)
    approval_note = fields.String(required=True, allow_none=True)
    written_by = fields.String(required=True, allow_none=True)
    written_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)


class ListedTemplateView(Schema):
    key = fields.String(required=True)
    channel = fields.Enum(Channel, by_value=True, required=True)
    locale = fields.Enum(Language, by_value=True, required=True)
    version = fields.Integer(required=True)
    approval = fields.Enum(Approval, by_value=True, required=True, allow_none=True)
    written_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)


class TemplateList(Schema):
    items = fields.List(fields.Nested(ListedTemplateView), required=True)


class PreviewView(Schema):
    """size and limit: as the channel counts, bytes or characters; no limit: None."""

    subject = fields.String(required=True)
    body = fields.String(required=True)
    size = fields.Integer(required=True)
    limit = fields.Integer(required=True, allow_none=True)


class DecisionView(Schema):
    subject_id = fields.String(required=True)
    at = fields.AwareDateTime(format="iso", required=True)
    actor_id = fields.String(required=True)
    action = fields.String(required=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)


class DecisionPage(Schema):
    items = fields.List(fields.Nested(DecisionView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
