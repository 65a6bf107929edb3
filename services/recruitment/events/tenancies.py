"""What is told of tenancies and vacated units."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from services.chassis.events import Event, EventType
from services.recruitment.domain import tenancies
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Tenancy


class TenancyEvent(Schema):
    """The tenancy as it is after the event. `person_id`: who applied for the organisation. `starts_on`, `ends_on`: both
    days belong to the term. `rent` for a year and `deposit` in won.
    """

    tenancy_id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    organisation_name = fields.String(required=True)
    person_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    unit_names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    kind = fields.String(required=True)
    zone = fields.String(required=True)
    status = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    extensions = fields.Integer(required=True)
    rent = fields.Integer(required=True)
    deposit = fields.Integer(required=True)


class TenancyEnding(TenancyEvent):
    """`reason`: the `term` ends, somebody gave `notice`, or a `review` did not extend it. `extensible`: a review may
    extend it.
    """

    reason = fields.String(required=True)
    extensible = fields.Boolean(required=True)


class TenancyEnded(TenancyEvent):
    """`ended_on`: the first day on which it is over."""

    ended_on = fields.Date(required=True)


class UnitVacated(Schema):
    unit_id = fields.String(required=True)
    unit_names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    kind = fields.String(required=True)
    tenancy_id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    vacated_on = fields.Date(required=True)


TENANCY_STARTED = EventType("recruitment", "tenancy_started", TenancyEvent)
TENANCY_EXTENDED = EventType("recruitment", "tenancy_extended", TenancyEvent)
TENANCY_ENDING = EventType("recruitment", "tenancy_ending", TenancyEnding)
TENANCY_ENDED = EventType("recruitment", "tenancy_ended", TenancyEnded)
UNIT_VACATED = EventType("recruitment", "unit_vacated", UnitVacated)


def of_tenancy(kind: EventType, tenancy: Tenancy, rules: RecruitmentRules, **more: Any) -> Event:
    data = {
        "tenancy_id": tenancy.id,
        "organisation_id": tenancy.organisation_id,
        "organisation_name": tenancy.organisation_name,
        "person_id": tenancy.person_id,
        "unit_id": tenancy.unit_id,
        "unit_names": dict(rules.unit(tenancy.unit_id).names),
        "kind": tenancy.kind,
        "zone": rules.centre.zone.key,
        "status": tenancy.status,
        "starts_on": tenancy.starts_on,
        "ends_on": tenancy.ends_on,
        "extensions": tenancy.extensions,
        "rent": tenancy.rent,
        "deposit": tenancy.deposit,
        **more,
    }
    return kind.about(tenancy.id, tenancy.version, data)


def ending(tenancy: Tenancy, reason: str, rules: RecruitmentRules) -> Event:
    extensible = reason == "term" and tenancies.may_extend(tenancy.extensions, rules.tenancy)
    return of_tenancy(TENANCY_ENDING, tenancy, rules, reason=reason, extensible=extensible)


def ended(tenancy: Tenancy, rules: RecruitmentRules) -> Event:
    return of_tenancy(TENANCY_ENDED, tenancy, rules, ended_on=tenancy.ended_on)


def unit_vacated(tenancy: Tenancy, rules: RecruitmentRules) -> Event:
    data = {
        "unit_id": tenancy.unit_id,
        "unit_names": dict(rules.unit(tenancy.unit_id).names),
        "kind": tenancy.kind,
        "tenancy_id": tenancy.id,
        "organisation_id": tenancy.organisation_id,
        "vacated_on": tenancy.settled_on,
    }
    return UNIT_VACATED.about(f"{tenancy.id}:unit", 1, data)
