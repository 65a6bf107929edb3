"""Applications: commands and questions in, answers out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from services.chassis.fields import Day, Identifier, Line, Moment, Paragraphs
from services.recruitment.domain.applications import FACTS
from services.recruitment.domain.kinds import LegalType, UnitKind
from services.recruitment.domain.lifecycle import Status


@dataclass(frozen=True)
class ContactWish:
    """As it was given: usecases/marking.py makes marks of it and lets it go."""

    email: str
    phone: str


@dataclass(frozen=True)
class StartApplication:
    """content: JSON values, those that were given."""

    call_id: str
    organisation_id: str
    kind: UnitKind | None
    content: dict[str, Any]
    contact: ContactWish | None


@dataclass(frozen=True)
class SaveApplication:
    """version: of the draft, as the writer knows it."""

    application_id: str
    version: int | None
    kind: UnitKind | None
    content: dict[str, Any]
    contact: ContactWish | None


@dataclass(frozen=True)
class ApplicationId:
    application_id: str


@dataclass(frozen=True)
class ExtendDeadline:
    application_id: str
    until: datetime
    reason: str


@dataclass(frozen=True)
class ScreenApplication:
    """facts: what staff found to be other than declared. points: of the documents, for the shortlist's order."""

    application_id: str
    facts: dict[str, Any]
    points: Decimal | None
    note: str | None


@dataclass(frozen=True)
class FindApplications:
    call_id: str | None
    organisation_id: str | None
    status: Status | None
    cursor: str | None
    limit: int


class ContactSchema(Schema):
    """Never kept. `phone` as it is dialled in the centre's country, or with +."""

    email = fields.Email(required=True, validate=validate.Length(max=254))
    phone = Line(most=40, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ContactWish:
        return ContactWish(**data)


def different(values: list[str]) -> None:
    if len(set(values)) < len(values):
        raise ValidationError("Give each of them once.")


class FactsSchema(Schema):
    """What the rules are asked about."""

    legal_type = fields.Enum(LegalType, by_value=True, allow_none=True)
    status_since = Day(allow_none=True)
    founded_on = Day(allow_none=True)
    in_district = fields.Boolean(allow_none=True)
    relocates_by = Day(allow_none=True)
    incubated_elsewhere = fields.Boolean(allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        return plain(data)


class ContentSchema(FactsSchema):
    organisation_name = Line(most=200, allow_none=True)
    introduction = Paragraphs(most=10_000, least=0, allow_none=True)
    plan = Paragraphs(most=20_000, least=0, allow_none=True)
    preferences = fields.List(Identifier(), validate=[validate.Length(max=50), different])
    consortium = fields.List(Line(most=200), validate=validate.Length(max=20))
    kind = fields.Enum(UnitKind, by_value=True, load_default=None)
    contact = fields.Nested(ContactSchema, load_default=None)


CONTENT = (*FACTS, "organisation_name", "introduction", "plan", "preferences", "consortium")


def plain(data: dict[str, Any]) -> dict[str, Any]:
    """JSON values."""
    return {name: _plain(value) for name, value in data.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, LegalType) else value


def _split(data: dict[str, Any]) -> dict[str, Any]:
    content = {name: data.pop(name) for name in CONTENT if name in data}
    return {**data, "content": plain(content)}


class StartApplicationSchema(ContentSchema):
    call_id = Identifier(required=True)
    organisation_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> StartApplication:
        return StartApplication(**_split(data))


class SaveApplicationSchema(ContentSchema):
    """What is left out stays as it is."""

    application_id = Identifier(required=True)
    version = fields.Integer(strict=True, load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> SaveApplication:
        return SaveApplication(**_split(data))


class ApplicationIdSchema(Schema):
    application_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ApplicationId:
        return ApplicationId(**data)


class ExtendDeadlineSchema(Schema):
    application_id = Identifier(required=True)
    until = Moment(required=True)
    reason = Line(most=500, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ExtendDeadline:
        return ExtendDeadline(**data)


class ScreenApplicationSchema(Schema):
    application_id = Identifier(required=True)
    facts = fields.Nested(FactsSchema, load_default={})
    points = fields.Decimal(places=2, load_default=None, allow_none=True, validate=validate.Range(min=0, max=100))
    note = Paragraphs(most=2000, least=0, load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ScreenApplication:
        return ScreenApplication(**data)


class FindApplicationsSchema(Schema):
    call_id = Identifier(load_default=None)
    organisation_id = Identifier(load_default=None)
    status = fields.Enum(Status, by_value=True, load_default=None)
    cursor = Identifier(load_default=None)
    limit = fields.Integer(strict=True, load_default=30, validate=validate.Range(1, 100))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindApplications:
        return FindApplications(**data)


class VerdictView(Schema):
    """`message`: the reason in the caller's language."""

    rule = fields.String(required=True)
    passed = fields.Boolean(required=True)
    reason = fields.String(required=True)
    message = fields.String(required=True)
    details = fields.Dict(required=True)


class DocumentView(Schema):
    """`digest`: SHA-256 of the content, in hexadecimal. `submitted`: it is part of what was submitted."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    digest = fields.String(required=True)
    uploaded_at = fields.AwareDateTime(format="iso", required=True)
    submitted = fields.Boolean(required=True)


class ReceiptView(Schema):
    """`digest`: SHA-256 of all that was submitted, in hexadecimal."""

    number = fields.String(required=True)
    digest = fields.String(required=True)
    submitted_at = fields.AwareDateTime(format="iso", required=True)
    version = fields.Integer(required=True)


class ApplicationLineView(Schema):
    """`version`: of the draft. `submitted_version`: the one that was submitted; a later one is not, yet."""

    id = fields.String(required=True)
    call_id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    organisation_name = fields.String(required=True)
    applicant = fields.Dict(required=True)
    kind = fields.String(required=True)
    status = fields.String(required=True)
    version = fields.Integer(required=True)
    submitted_version = fields.Integer(required=True, allow_none=True)
    receipt_number = fields.String(required=True, allow_none=True)
    submitted_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    deadline = fields.AwareDateTime(format="iso", required=True)
    changed_at = fields.AwareDateTime(format="iso", required=True)
    withdrawn_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    purged_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)


class ApplicationView(ApplicationLineView):
    """`content`: for whoever applies, the draft; for others what was submitted. `verdicts`: as confirmed, or before
    that what the rules say of the content as it stands. `has_contact`: contact data was given, which is not kept.
    `points`, `facts`, `note`: for staff.
    """

    content = fields.Dict(required=True)
    has_contact = fields.Boolean(required=True)
    documents = fields.List(fields.Nested(DocumentView), required=True)
    receipt = fields.Nested(ReceiptView, required=True, allow_none=True)
    verdicts = fields.List(fields.Nested(VerdictView), required=True)
    screened_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    facts = fields.Dict(required=True, allow_none=True)
    points = fields.Decimal(as_string=True, required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


class ApplicationPage(Schema):
    items = fields.List(fields.Nested(ApplicationLineView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
