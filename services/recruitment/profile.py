"""The `recruitment` section of the profile, and what of it stands in tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema
from sqlalchemy.orm import Session

from services.centre.profile import Names
from services.chassis.db import insert_once
from services.chassis.fields import Identifier
from services.recruitment.contract.vocabulary import UnitKind
from services.recruitment.domain.rules import (
    CriterionRule,
    DocumentRule,
    JudgeRules,
    RecruitmentRules,
    SelectionRules,
    UnitRule,
)
from services.recruitment.models import Unit
from services.recruitment.schemas.eligibility import EligibilitySchema
from services.recruitment.schemas.tenure import GrowthSection, OffersSection, ScoringSection, TenancySection

MEBIBYTE = 1 << 20


class PartSchema(Schema):
    """A part of the section that loads as one of the rules' own types."""

    part: ClassVar[type]

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        return self.part(**data)


def number(least: int, **options: Any) -> fields.Integer:
    return fields.Integer(strict=True, required=True, validate=validate.Range(min=least, **options))


def decimal(**bounds: Any) -> fields.Decimal:
    return fields.Decimal(required=True, validate=validate.Range(**bounds))


class UnitSchema(PartSchema):
    part = UnitRule
    id = Identifier(required=True)
    kind = fields.Enum(UnitKind, by_value=True, required=True)
    names = Names(required=True)
    area = fields.Decimal(required=True, data_key="area_m2", validate=validate.Range(min=0, min_inclusive=False))
    appraised_value = number(0)


class DocumentSchema(PartSchema):
    part = DocumentRule
    id = Identifier(required=True)
    names = Names(required=True)
    required = fields.Boolean(required=True)


class CriterionSchema(PartSchema):
    part = CriterionRule
    id = Identifier(required=True)
    names = Names(required=True)
    points = decimal(min=1, max=100)
    optional = fields.Boolean(load_default=False)


class JudgesSchema(PartSchema):
    part = JudgeRules
    least = number(1)
    most = number(1)
    pool = number(1, max=50)

    @validates_schema
    def in_order(self, data: dict[str, Any], **_: Any) -> None:
        if not data["least"] <= data["most"] <= data["pool"]:
            raise ValidationError("Give least <= most <= pool.")


class RecruitmentSection(Schema):
    units = fields.List(fields.Nested(UnitSchema), required=True, validate=validate.Length(min=1))
    eligibility = fields.Nested(EligibilitySchema, required=True)
    documents = fields.List(fields.Nested(DocumentSchema), required=True)
    criteria = fields.List(fields.Nested(CriterionSchema), required=True, validate=validate.Length(min=1))
    shortlist_factor = decimal(min=1)
    judges = fields.Nested(JudgesSchema, required=True)
    largest_document_mib = number(1, max=1024)
    shared_mail_domains = fields.List(fields.String(), required=True)
    retention_days = number(1)
    scoring = fields.Nested(ScoringSection, required=True)
    offers = fields.Nested(OffersSection, required=True)
    tenancy = fields.Nested(TenancySection, required=True)
    growth = fields.Nested(GrowthSection, required=True)

    @validates_schema
    def ids_are_different(self, data: dict[str, Any], **_: Any) -> None:
        for name in ("units", "documents", "criteria"):
            known = Counter(each.id for each in data[name])
            if twice := [each for each, times in known.items() if times > 1]:
                raise ValidationError(f"Given twice: {', '.join(sorted(twice))}.", name)

    @validates_schema
    def offers_end_before_applicants_are_forgotten(self, data: dict[str, Any], **_: Any) -> None:
        last = data["offers"].waiting_list + data["offers"].to_sign
        if last >= timedelta(days=data["retention_days"]):
            raise ValidationError("With days_to_sign this must be less than retention_days.", "offers")

    @validates_schema
    def ties_are_decided_by_known_criteria(self, data: dict[str, Any], **_: Any) -> None:
        if unknown := set(data["scoring"].tie_chain) - {each.id for each in data["criteria"]}:
            raise ValidationError(f"No such criterion: {', '.join(sorted(unknown))}.", "scoring")


def build(sections: Mapping[str, Any]) -> RecruitmentRules:
    section = sections["recruitment"]
    return RecruitmentRules(
        centre=sections["centre"],
        units={each.id: each for each in section["units"]},
        selection=SelectionRules(
            documents={each.id: each for each in section["documents"]},
            criteria=tuple(section["criteria"]),
            eligibility=section["eligibility"],
            shortlist_factor=section["shortlist_factor"],
            judges=section["judges"],
            largest_document=section["largest_document_mib"] * MEBIBYTE,
            shared_mail_domains=frozenset(each.lower() for each in section["shared_mail_domains"]),
            retention=timedelta(days=section["retention_days"]),
        ),
        scoring=section["scoring"],
        offers=section["offers"],
        tenancy=section["tenancy"],
        growth=section["growth"],
    )


def apply(session: Session, rules: RecruitmentRules) -> None:
    """Every unit has a row, which decisions lock. What left the profile stays: tenants may be in it."""
    for unit in rules.units.values():
        insert_once(session, Unit.__table__, id=unit.id, kind=unit.kind)
