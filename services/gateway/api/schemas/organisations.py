"""Designations, milestones and readiness for certification: what is taken and given."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from services.chassis.fields import Day
from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Choice, Count, Flag, Prose, Text
from services.gateway.api.schemas.bases import Answer, Incoming

DESIGNATIONS = (
    "preliminary_social_enterprise",
    "social_enterprise",
    "village_enterprise",
    "self_support_enterprise",
    "social_venture",
)
FORMS = (
    "company",
    "cooperative",
    "social_cooperative",
    "association",
    "foundation",
    "non_profit_corporation",
    "non_profit_organisation",
    "other",
)
REQUIREMENTS = (
    "form",
    "paid_workers",
    "social_purpose",
    "stakeholder_governance",
    "income",
    "articles",
    "profit_reuse",
)


class NewDesignation(Incoming):
    """since, until: both days belong to it."""

    kind = Choice(DESIGNATIONS, required=True)
    since = Day(required=True)
    until = Day(allow_none=True, metadata={"description": "By default as long as it may hold"})
    number = Text(most=100, allow_none=True)

    @validates_schema
    def in_order(self, data: dict[str, Any], **_options: Any) -> None:
        until = data.get("until")
        if until is not None and until < data["since"]:
            raise ValidationError(_("This must not be before the start."), "until")


class NewMilestone(Incoming):
    title = Text(most=200, required=True)
    reached_on = Day(required=True)
    note = Prose(most=2000, least=0, allow_none=True)


class ReadinessFacts(Incoming):
    """income, labour_cost: over the last six months; profit, reused: of the last business year; in won. What is left
    out counts as not there.
    """

    form = Choice(FORMS)
    paid_workers = Count(least=0, most=1_000_000)
    social_purpose = Flag()
    stakeholder_governance = Flag()
    income = Count(least=0)
    labour_cost = Count(least=0)
    articles = Flag()
    profit = Count(least=-(2**31))
    reused = Count(least=0)


class Designation(Answer):
    """warn_on: when its end is told."""

    id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(DESIGNATIONS)})
    number = fields.String(required=True, allow_none=True)
    since = fields.Date(required=True)
    until = fields.Date(required=True, allow_none=True)
    warn_on = fields.Date(required=True, allow_none=True)
    valid = fields.Boolean(required=True)
    recorded_at = fields.AwareDateTime(required=True)


class Milestone(Answer):
    id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    title = fields.String(required=True)
    reached_on = fields.Date(required=True)
    note = fields.String(required=True, allow_none=True)


class Growth(Answer):
    organisation_id = fields.String(required=True)
    designations = fields.List(fields.Nested(Designation), required=True)
    milestones = fields.List(fields.Nested(Milestone), required=True)


class Requirement(Answer):
    requirement = fields.String(required=True, metadata={"enum": list(REQUIREMENTS)})
    met = fields.Boolean(required=True)
    message = fields.String(required=True)
    details = fields.Dict(required=True)


class Readiness(Answer):
    """assessed_at: when the facts were recorded; None: nothing is known yet."""

    organisation_id = fields.String(required=True)
    ready = fields.Boolean(required=True)
    assessed_at = fields.AwareDateTime(required=True, allow_none=True)
    requirements = fields.List(fields.Nested(Requirement), required=True)
