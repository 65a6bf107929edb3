"""Tenancies: commands and questions in, answers out. Days, both of which belong to the term; money in won."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, post_load, validate

from services.chassis.fields import Day, Identifier, Paragraphs
from services.recruitment.domain.tenancies import TenancyStatus

MOST_WON = 10**12


@dataclass(frozen=True)
class TenancyId:
    tenancy_id: str


@dataclass(frozen=True)
class ReviewTenancy:
    tenancy_id: str
    points: Decimal
    note: str | None


@dataclass(frozen=True)
class GiveNotice:
    """ends_on: the last day; None: as early as may be."""

    tenancy_id: str
    ends_on: date | None


@dataclass(frozen=True)
class MoveOut:
    """What of the checklist is done now. deductions: from the deposit, when it is settled."""

    tenancy_id: str
    restored: bool
    card_returned: bool
    deductions: int | None
    note: str | None


@dataclass(frozen=True)
class FindTenancies:
    limit: int
    cursor: str | None
    status: TenancyStatus | None = None
    unit_id: str | None = None
    organisation_id: str | None = None


@dataclass(frozen=True)
class VacatedUnit:
    unit_id: str


@dataclass(frozen=True)
class WithdrawnApplication:
    application_id: str


class TenancyIdSchema(Schema):
    tenancy_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> TenancyId:
        return TenancyId(**data)


class ReviewTenancySchema(Schema):
    tenancy_id = Identifier(required=True)
    points = fields.Decimal(required=True, data_key="score", validate=validate.Range(min=0, max=100))
    note = Paragraphs(most=2000, least=0, load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ReviewTenancy:
        return ReviewTenancy(**data)


class GiveNoticeSchema(Schema):
    tenancy_id = Identifier(required=True)
    ends_on = Day(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> GiveNotice:
        return GiveNotice(**data)


class MoveOutSchema(Schema):
    tenancy_id = Identifier(required=True)
    restored = fields.Boolean(load_default=False)
    card_returned = fields.Boolean(load_default=False)
    deductions = fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(min=0, max=MOST_WON)
    )
    note = Paragraphs(most=2000, least=0, load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> MoveOut:
        return MoveOut(**data)


class FindTenanciesSchema(Schema):
    limit = fields.Integer(load_default=30, validate=validate.Range(min=1, max=100))
    cursor = Identifier(load_default=None, allow_none=True)
    status = fields.Enum(TenancyStatus, by_value=True, load_default=None, allow_none=True)
    unit_id = Identifier(load_default=None, allow_none=True)
    organisation_id = Identifier(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindTenancies:
        return FindTenancies(**data)


class VacatedUnitSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    unit_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> VacatedUnit:
        return VacatedUnit(**data)


class WithdrawnApplicationSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    application_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> WithdrawnApplication:
        return WithdrawnApplication(**data)


class InvoiceView(Schema):
    """`month`: as 2020-06."""

    month = fields.String(required=True)
    amount = fields.Integer(required=True)
    issued_at = fields.AwareDateTime(format="iso", required=True)


class ReviewView(Schema):
    score = fields.String(required=True)
    passed = fields.Boolean(required=True)
    reviewed_at = fields.AwareDateTime(format="iso", required=True)


class SettlementView(Schema):
    """`refund`: of the deposit. `owed`: what it does not cover."""

    deductions = fields.Integer(required=True)
    refund = fields.Integer(required=True)
    owed = fields.Integer(required=True)
    note = fields.String(required=True, allow_none=True)


class ChecklistView(Schema):
    """What of moving out is done, and on which day."""

    restored_on = fields.Date(required=True, allow_none=True)
    card_returned_on = fields.Date(required=True, allow_none=True)
    settled_on = fields.Date(required=True, allow_none=True)
    settlement = fields.Nested(SettlementView, required=True, allow_none=True)


class TenancyView(Schema):
    """`rent` for a year. `told_on`: the day on which the term's end is told and a review may begin. `extensible`: it
    can be extended once more.
    """

    id = fields.String(required=True)
    offer_id = fields.String(required=True)
    call_id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    organisation_name = fields.String(required=True)
    unit_id = fields.String(required=True)
    unit_name = fields.String(required=True)
    kind = fields.String(required=True)
    legal_type = fields.String(required=True)
    contract_number = fields.String(required=True)
    status = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    told_on = fields.Date(required=True)
    extensions = fields.Integer(required=True)
    extensible = fields.Boolean(required=True)
    rent = fields.Integer(required=True)
    deposit = fields.Integer(required=True)
    sign_by = fields.AwareDateTime(format="iso", required=True)
    signed_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    ended_on = fields.Date(required=True, allow_none=True)
    invoices = fields.List(fields.Nested(InvoiceView), required=True)
    reviews = fields.List(fields.Nested(ReviewView), required=True)
    checklist = fields.Nested(ChecklistView, required=True)
    version = fields.Integer(required=True)


class TenancyPage(Schema):
    items = fields.List(fields.Nested(TenancyView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class ContractView(Schema):
    """A PDF: `content` in base64."""

    name = fields.String(required=True)
    content = fields.String(required=True)
