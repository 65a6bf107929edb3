"""Calls: commands and questions in, answers out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from services.centre.profile import Names
from services.chassis.fields import Day, Identifier, Line, Moment, Paragraphs
from services.recruitment.domain.calls import Calendar
from services.recruitment.domain.rules import CriterionRule
from services.recruitment.schemas.eligibility import EligibilitySchema

CALENDAR = tuple(Calendar.__dataclass_fields__)
MOST_UNITS = 200


@dataclass(frozen=True)
class CreateCall:
    """documents, criteria, eligibility: None for those of the profile."""

    title: str
    summary: str
    calendar: Calendar
    unit_ids: tuple[str, ...]
    documents: tuple[str, ...] | None
    criteria: tuple[CriterionRule, ...] | None
    eligibility: dict[str, Any] | None


@dataclass(frozen=True)
class CallId:
    call_id: str


@dataclass(frozen=True)
class ChangeCall:
    """documents, criteria, eligibility: None for those that the draft has. version: of the draft, as the writer knows
    it.
    """

    call_id: str
    wanted: CreateCall
    version: int | None


@dataclass(frozen=True)
class CorrectCall:
    """changes: what is to be different, by name."""

    call_id: str
    reason: str
    changes: dict[str, Any]
    unit_ids: tuple[str, ...] | None


@dataclass(frozen=True)
class FindCalls:
    cursor: str | None
    limit: int


class CallIdSchema(Schema):
    call_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> CallId:
        return CallId(**data)


class CriterionWishSchema(Schema):
    id = Identifier(required=True)
    names = Names(required=True)
    points = fields.Decimal(required=True, places=2, validate=validate.Range(min=1, max=100))
    optional = fields.Boolean(load_default=False)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> CriterionRule:
        return CriterionRule(**data)


def different(values: list[str]) -> None:
    if len(set(values)) < len(values):
        raise ValidationError("Give each of them once.")


def units(**options: Any) -> fields.List[Any]:
    return fields.List(Identifier(), validate=[validate.Length(1, MOST_UNITS), different], **options)


class CreateCallSchema(Schema):
    title = Line(most=200, required=True)
    summary = Paragraphs(most=10_000, least=0, load_default="")
    notice_on = Day(required=True)
    intake_opens_at = Moment(required=True)
    intake_closes_at = Moment(required=True)
    screening_on = Day(required=True)
    interviews_start = Moment(required=True)
    interviews_end = Moment(required=True)
    result_on = Day(required=True)
    contract_by = Day(required=True)
    move_in_on = Day(required=True)
    unit_ids = units(required=True)
    documents = fields.List(Identifier(), load_default=None, allow_none=True, validate=different)
    criteria = fields.List(fields.Nested(CriterionWishSchema), load_default=None, validate=validate.Length(min=1))
    eligibility = fields.Nested(EligibilitySchema, load_default=None, allow_none=True)

    @validates_schema
    def criteria_are_different(self, data: dict[str, Any], **_: Any) -> None:
        if data["criteria"] is not None and len({each.id for each in data["criteria"]}) < len(data["criteria"]):
            raise ValidationError("Give each of them once.", "criteria")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        calendar = Calendar(**{name: data.pop(name) for name in CALENDAR})
        for name in ("documents", "criteria"):
            data[name] = tuple(data[name]) if data[name] is not None else None
        return CreateCall(calendar=calendar, **{**data, "unit_ids": tuple(data["unit_ids"])})


class ChangeCallSchema(CreateCallSchema):
    call_id = Identifier(required=True)
    version = fields.Integer(strict=True, load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        known = {name: data.pop(name) for name in ("call_id", "version")}
        return ChangeCall(wanted=super().build(data), **known)


class CorrectCallSchema(Schema):
    """What is left out stays as it is. The notice date, the documents, the criteria and the eligibility never change:
    that is another call.
    """

    call_id = Identifier(required=True)
    reason = Line(most=500, required=True)
    title = Line(most=200)
    summary = Paragraphs(most=10_000, least=0)
    intake_closes_at = Moment()
    screening_on = Day()
    interviews_start = Moment()
    interviews_end = Moment()
    result_on = Day()
    contract_by = Day()
    move_in_on = Day()
    unit_ids = units(load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> CorrectCall:
        known = {name: data.pop(name) for name in ("call_id", "reason")}
        unit_ids = data.pop("unit_ids")
        return CorrectCall(changes=data, unit_ids=tuple(unit_ids) if unit_ids is not None else None, **known)


class FindCallsSchema(Schema):
    cursor = Identifier(load_default=None)
    limit = fields.Integer(strict=True, load_default=30, validate=validate.Range(1, 100))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindCalls:
        return FindCalls(**data)


class NamedView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class OfferedUnitView(NamedView):
    """`area_m2` in square metres; `appraised_value` in won, of which the rent is a part."""

    kind = fields.String(required=True)
    area_m2 = fields.String(required=True)
    appraised_value = fields.Integer(required=True)


class DocumentKindView(NamedView):
    required = fields.Boolean(required=True)


class CriterionView(NamedView):
    """`optional`: judges may skip it."""

    points = fields.String(required=True)
    optional = fields.Boolean(required=True)


class CorrectionView(Schema):
    number = fields.Integer(required=True)
    at = fields.AwareDateTime(format="iso", required=True)
    reason = fields.String(required=True)
    closure_id = fields.String(required=True, allow_none=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)


class CallLineView(Schema):
    """A call in a list. `units`: how many of each kind are offered."""

    id = fields.String(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.String(required=True)
    notice_on = fields.Date(required=True)
    intake_opens_at = fields.AwareDateTime(format="iso", required=True)
    intake_closes_at = fields.AwareDateTime(format="iso", required=True)
    screening_on = fields.Date(required=True)
    interviews_start = fields.AwareDateTime(format="iso", required=True)
    interviews_end = fields.AwareDateTime(format="iso", required=True)
    result_on = fields.Date(required=True)
    contract_by = fields.Date(required=True)
    move_in_on = fields.Date(required=True)
    published_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    results_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    units = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    version = fields.Integer(required=True)


class CallView(CallLineView):
    """`eligibility`: the rules by id, each with what it reckons with. `interviews_blocked`: a closure lies over the
    interviews. `terms`: the numbers of the selection.
    """

    summary = fields.String(required=True)
    offered = fields.List(fields.Nested(OfferedUnitView), required=True)
    documents = fields.List(fields.Nested(DocumentKindView), required=True)
    criteria = fields.List(fields.Nested(CriterionView), required=True)
    eligibility = fields.Dict(required=True)
    terms = fields.Dict(required=True)
    interviews_blocked = fields.Boolean(required=True)
    corrections = fields.List(fields.Nested(CorrectionView), required=True)


class CallPage(Schema):
    items = fields.List(fields.Nested(CallLineView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
