"""The numbers of scoring, offers, tenancies and growth in the profile."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from services.chassis.fields import Identifier
from services.recruitment.contract.vocabulary import LegalForm, LegalType
from services.recruitment.domain.tenure_rules import GrowthRules, OfferRules, ScoringRules, TenancyRules


def number(least: int, **options: Any) -> fields.Integer:
    return fields.Integer(strict=True, required=True, validate=validate.Range(min=least, **options))


def points(least: int = 0) -> fields.Decimal:
    return fields.Decimal(places=2, required=True, validate=validate.Range(min=least, max=100))


def days(data_key: str) -> fields.TimeDelta:
    above = validate.Range(min=timedelta(0), min_inclusive=False)
    return fields.TimeDelta(precision="days", data_key=data_key, required=True, validate=above)


class ScoringSection(Schema):
    trim_from = number(3)
    quorum = number(1)
    pass_mark = points()
    most_bonus = points()
    tie_chain = fields.List(Identifier(), required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ScoringRules:
        return ScoringRules(**{**data, "tie_chain": tuple(data["tie_chain"])})


class OffersSection(Schema):
    to_sign = days("days_to_sign")
    waiting_list = days("waiting_list_days")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> OfferRules:
        return OfferRules(**data)


class RentSection(Schema):
    preferred = fields.List(fields.Enum(LegalType, by_value=True), required=True)
    preferred_percent = number(0, max=100)
    ordinary_percent = number(0, max=100)


class TenancySection(Schema):
    term_months = number(1)
    most_months = number(1)
    told_before = days("told_days_before")
    review_pass = points()
    notice = days("notice_days")
    deposit = number(0)
    maintenance_per_m2 = fields.Decimal(required=True, validate=validate.Range(min=0))
    rent = fields.Nested(RentSection, required=True)

    @validates_schema
    def first_term_fits(self, data: dict[str, Any], **_: Any) -> None:
        if data["term_months"] > data["most_months"]:
            raise ValidationError("Must not be shorter than term_months.", "most_months")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> TenancyRules:
        rent = data.pop("rent")
        return TenancyRules(**data, **{**rent, "preferred": frozenset(rent["preferred"])})


class Share(fields.String):
    """A part of a whole, as "2/3"."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        try:
            share = Fraction(super()._deserialize(value, attr, data, **kwargs))
        except (ValueError, ZeroDivisionError) as error:
            raise ValidationError("Give a share, as 2/3.") from error
        if not 0 <= share <= 1:
            raise ValidationError("Give a share from 0 to 1.")
        return share


class GrowthSection(Schema):
    preliminary_months = number(1)
    warning_months = number(1)
    income_percent = number(0)
    reuse = Share(required=True)
    least_paid_workers = number(0)
    forms = fields.List(fields.Enum(LegalForm, by_value=True), required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> GrowthRules:
        return GrowthRules(**{**data, "forms": frozenset(data["forms"])})
