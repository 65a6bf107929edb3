"""Judges, assignments and recusals: commands and questions in, answers out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from services.chassis.fields import Identifier, Line
from services.recruitment.domain.panel import Ground
from services.recruitment.schemas.applications import ContactSchema, ContactWish


@dataclass(frozen=True)
class TieWish:
    organisation_id: str
    ground: Ground
    note: str


@dataclass(frozen=True)
class JudgeWish:
    id: str
    name: str
    organisations: tuple[str, ...]
    contact: ContactWish | None
    ties: tuple[TieWish, ...]


@dataclass(frozen=True)
class NameJudges:
    call_id: str
    judges: tuple[JudgeWish, ...]


@dataclass(frozen=True)
class RecuseJudge:
    """judge_id: None for oneself."""

    application_id: str
    judge_id: str | None
    ground: Ground
    reason: str


class TieSchema(Schema):
    organisation_id = Identifier(required=True)
    ground = fields.Enum(Ground, by_value=True, required=True)
    note = Line(most=500, least=0, load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> TieWish:
        return TieWish(**data)


class JudgeSchema(Schema):
    """`contact` is never kept: marks of it are, for conflicts."""

    id = Identifier(required=True)
    name = Line(most=200, required=True)
    organisations = fields.List(Identifier(), load_default=[], validate=validate.Length(max=50))
    contact = fields.Nested(ContactSchema, load_default=None, allow_none=True)
    ties = fields.List(fields.Nested(TieSchema), load_default=[], validate=validate.Length(max=100))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> JudgeWish:
        return JudgeWish(**{**data, "organisations": tuple(data["organisations"]), "ties": tuple(data["ties"])})


class NameJudgesSchema(Schema):
    call_id = Identifier(required=True)
    judges = fields.List(fields.Nested(JudgeSchema), required=True, validate=validate.Length(min=1, max=50))

    @validates_schema
    def different(self, data: dict[str, Any], **_: Any) -> None:
        if len({each.id for each in data["judges"]}) < len(data["judges"]):
            raise ValidationError("Give each of them once.", "judges")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> NameJudges:
        return NameJudges(data["call_id"], tuple(data["judges"]))


class RecuseJudgeSchema(Schema):
    application_id = Identifier(required=True)
    judge_id = Identifier(load_default=None, allow_none=True)
    ground = fields.Enum(Ground, by_value=True, load_default=Ground.OTHER)
    reason = Line(most=500, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RecuseJudge:
        return RecuseJudge(**data)


class RecusalView(Schema):
    application_id = fields.String(required=True)
    judge_id = fields.String(required=True)
    source = fields.String(required=True)
    ground = fields.String(required=True)
    reason = fields.String(required=True)
    recorded_at = fields.AwareDateTime(format="iso", required=True)


class JudgeView(Schema):
    """`assigned`: how many applications there are to score. `has_contact`: conflicts by contact data can be found."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    organisations = fields.List(fields.String(), required=True)
    ties = fields.List(fields.Dict(), required=True)
    has_contact = fields.Boolean(required=True)
    assigned = fields.Integer(required=True)


class PanelEntryView(Schema):
    """`short`: fewer judges than the quorum are left for it."""

    application_id = fields.String(required=True)
    organisation_name = fields.String(required=True)
    judge_ids = fields.List(fields.String(), required=True)
    short = fields.Boolean(required=True)


class PanelView(Schema):
    call_id = fields.String(required=True)
    judges = fields.List(fields.Nested(JudgeView), required=True)
    applications = fields.List(fields.Nested(PanelEntryView), required=True)
    recusals = fields.List(fields.Nested(RecusalView), required=True)
