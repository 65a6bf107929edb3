"""Designations, milestones and readiness: commands and questions in, answers out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from services.chassis.fields import Day, Identifier, Line, Paragraphs
from services.recruitment.domain.growth import Designation
from services.recruitment.domain.readiness import Facts

MOST_WON = 10**12


@dataclass(frozen=True)
class RecordDesignation:
    """since, until: both days belong to it. until: None for as long as it may hold."""

    organisation_id: str
    kind: Designation
    since: date
    until: date | None
    number: str | None


@dataclass(frozen=True)
class RecordMilestone:
    organisation_id: str
    title: str
    reached_on: date
    note: str | None


@dataclass(frozen=True)
class RecordFacts:
    organisation_id: str
    facts: Facts


@dataclass(frozen=True)
class OrganisationId:
    organisation_id: str


class RecordDesignationSchema(Schema):
    organisation_id = Identifier(required=True)
    kind = fields.Enum(Designation, by_value=True, required=True)
    since = Day(required=True)
    until = Day(load_default=None, allow_none=True)
    number = Line(most=100, load_default=None, allow_none=True)

    @validates_schema
    def in_order(self, data: dict[str, Any], **_: Any) -> None:
        if data["until"] is not None and data["until"] < data["since"]:
            raise ValidationError("Must not be before since.", "until")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RecordDesignation:
        return RecordDesignation(**data)


class RecordMilestoneSchema(Schema):
    organisation_id = Identifier(required=True)
    title = Line(most=200, required=True)
    reached_on = Day(required=True)
    note = Paragraphs(most=2000, least=0, load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RecordMilestone:
        return RecordMilestone(**data)


def won(least: int = 0) -> fields.Integer:
    return fields.Integer(strict=True, load_default=0, validate=validate.Range(min=least, max=MOST_WON))


class RecordFactsSchema(Schema):
    """What is left out is not there."""

    organisation_id = Identifier(required=True)
    form = fields.String(load_default="", validate=validate.Length(max=100))
    paid_workers = fields.Integer(strict=True, load_default=0, validate=validate.Range(min=0, max=1_000_000))
    social_purpose = fields.Boolean(load_default=False)
    stakeholder_governance = fields.Boolean(load_default=False)
    income = won()
    labour_cost = won()
    articles = fields.Boolean(load_default=False)
    profit = won(least=-MOST_WON)
    reused = won()

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RecordFacts:
        return RecordFacts(data.pop("organisation_id"), Facts(**data))


class OrganisationIdSchema(Schema):
    organisation_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> OrganisationId:
        return OrganisationId(**data)


class DesignationView(Schema):
    """`warn_on`: the day on which its end is told."""

    id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    kind = fields.String(required=True)
    number = fields.String(required=True, allow_none=True)
    since = fields.Date(required=True)
    until = fields.Date(required=True, allow_none=True)
    warn_on = fields.Date(required=True, allow_none=True)
    valid = fields.Boolean(required=True)
    recorded_at = fields.AwareDateTime(format="iso", required=True)


class MilestoneView(Schema):
    id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    title = fields.String(required=True)
    reached_on = fields.Date(required=True)
    note = fields.String(required=True, allow_none=True)


class GrowthView(Schema):
    organisation_id = fields.String(required=True)
    designations = fields.List(fields.Nested(DesignationView), required=True)
    milestones = fields.List(fields.Nested(MilestoneView), required=True)


class RequirementView(Schema):
    requirement = fields.String(required=True)
    met = fields.Boolean(required=True)
    message = fields.String(required=True)
    details = fields.Dict(required=True)


class ReadinessView(Schema):
    """`assessed_at`: when the facts were recorded; None: nothing is known yet."""

    organisation_id = fields.String(required=True)
    ready = fields.Boolean(required=True)
    assessed_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    requirements = fields.List(fields.Nested(RequirementView), required=True)
