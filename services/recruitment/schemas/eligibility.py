"""The eligibility rules as data: in the profile, in a call, and as a call keeps them."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.recruitment.contract.vocabulary import LegalType, UnitKind

MOST_TYPES = 20


def _legal_types() -> fields.List[LegalType]:
    return fields.List(fields.Enum(LegalType, by_value=True), required=True, validate=validate.Length(max=MOST_TYPES))


class LegalTypeRule(Schema):
    """The legal types that are admitted for a kind of unit."""

    office = _legal_types()
    coworking = _legal_types()

    @post_load
    def plain(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {str(UnitKind(kind)): [str(each) for each in types] for kind, types in data.items()}


class PlainRule(Schema):
    """A rule that reckons with nothing but the calendar of the call."""


class DistrictRule(Schema):
    relocation_months = fields.Integer(strict=True, required=True, validate=validate.Range(min=0, max=24))


class VentureAgeRule(Schema):
    years = fields.Integer(strict=True, required=True, validate=validate.Range(min=1, max=20))


class EligibilitySchema(Schema):
    """A rule that is left out is not asked. Each is a function of its name in domain/eligibility.py."""

    legal_type = fields.Nested(LegalTypeRule)
    status_date = fields.Nested(PlainRule)
    district = fields.Nested(DistrictRule)
    not_incubated_elsewhere = fields.Nested(PlainRule)
    venture_age = fields.Nested(VentureAgeRule)
