"""Documents: what the gateway asks before and after a file comes in, and before one goes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.chassis.fields import Identifier, Line

SHA256 = r"[0-9a-f]{64}"
UPLOAD = r"[0-9a-f-]{36}"


@dataclass(frozen=True)
class AdmitDocument:
    """media_type: told from the content; None with a fault. size: in bytes."""

    application_id: str
    kind: str
    size: int
    media_type: str | None
    fault: str | None


@dataclass(frozen=True)
class RecordDocument:
    """upload_id: under which the store has the file, with its digest."""

    application_id: str
    kind: str
    upload_id: str
    name: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True)
class OpenDocument:
    application_id: str
    kind: str


@dataclass(frozen=True)
class FindAccesses:
    application_id: str
    cursor: str | None
    limit: int


class OpenDocumentSchema(Schema):
    application_id = Identifier(required=True)
    kind = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> OpenDocument:
        return OpenDocument(**data)


class FileSchema(Schema):
    application_id = Identifier(required=True)
    kind = Identifier(required=True)
    size = fields.Integer(strict=True, required=True, validate=validate.Range(min=0, max=2**40))


class AdmitDocumentSchema(FileSchema):
    media_type = fields.String(required=True, allow_none=True)
    fault = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(["unknown_type", "damaged", "unpacks_to_too_much"]),
    )

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> AdmitDocument:
        return AdmitDocument(**data)


class RecordDocumentSchema(FileSchema):
    upload_id = fields.String(required=True, validate=validate.Regexp(f"^{UPLOAD}$"))
    name = Line(most=1000, least=0, required=True)
    media_type = fields.String(required=True)
    digest = fields.String(required=True, validate=validate.Regexp(f"^{SHA256}$"))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RecordDocument:
        return RecordDocument(**data)


class FindAccessesSchema(Schema):
    application_id = Identifier(required=True)
    cursor = Identifier(load_default=None)
    limit = fields.Integer(strict=True, load_default=30, validate=validate.Range(1, 100))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindAccesses:
        return FindAccesses(**data)


class OpenedView(Schema):
    """`key`: where the store has the file."""

    key = fields.String(required=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    digest = fields.String(required=True)


class AccessView(Schema):
    """`capacity`: as what the file was opened: applicant, staff or judge."""

    at = fields.AwareDateTime(format="iso", required=True)
    actor_id = fields.String(required=True)
    capacity = fields.String(required=True)
    document_id = fields.String(required=True)
    kind = fields.String(required=True)


class AccessPage(Schema):
    items = fields.List(fields.Nested(AccessView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
