"""What is told of designations."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.chassis.events import Event, EventType
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Designation, Tenancy


class DesignationEvent(Schema):
    """`since`, `until`: both days belong to it; without `until` it has no end. `person_id`: who applied for the
    organisation, `organisation_name`: as it did so, both if it is or was a tenant.
    """

    designation_id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    organisation_name = fields.String(required=True, allow_none=True)
    person_id = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    since = fields.Date(required=True)
    until = fields.Date(required=True, allow_none=True)
    zone = fields.String(required=True)


DESIGNATION_RECORDED = EventType("recruitment", "designation_recorded", DesignationEvent)
DESIGNATION_EXPIRING = EventType("recruitment", "designation_expiring", DesignationEvent)


def of_designation(kind: EventType, designation: Designation, last: Tenancy | None, rules: RecruitmentRules) -> Event:
    """last: the organisation's last tenancy."""
    data = {
        "designation_id": designation.id,
        "organisation_id": designation.organisation_id,
        "organisation_name": last.organisation_name if last else None,
        "person_id": last.person_id if last else None,
        "kind": designation.kind,
        "since": designation.since,
        "until": designation.until,
        "zone": rules.centre.zone.key,
    }
    return kind.about(designation.id, designation.version, data)
