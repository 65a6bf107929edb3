"""What is told of calls."""

from __future__ import annotations

from collections import Counter
from typing import Any

from marshmallow import Schema, fields

from services.chassis.events import Event, EventType
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Call, Correction


class CallEvent(Schema):
    """The call as it is after the event. `units`: how many of each kind are offered. Times are in the centre's zone."""

    call_id = fields.String(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    zone = fields.String(required=True)
    notice_on = fields.Date(required=True)
    intake_opens_at = fields.AwareDateTime(format="iso", required=True)
    intake_closes_at = fields.AwareDateTime(format="iso", required=True)
    screening_on = fields.Date(required=True)
    interviews_start = fields.AwareDateTime(format="iso", required=True)
    interviews_end = fields.AwareDateTime(format="iso", required=True)
    result_on = fields.Date(required=True)
    contract_by = fields.Date(required=True)
    move_in_on = fields.Date(required=True)
    units = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class CallCorrected(CallEvent):
    """`changed`: the names of what is different now. `closure_id`: of the closure that moved the interviews.

    `interviews_blocked`: a closure lies over the interviews and there is no day left to move them to; staff must find
    one. `applicant_ids`: the people of live applications, to be told.
    """

    number = fields.Integer(required=True)
    reason = fields.String(required=True)
    changed = fields.List(fields.String(), required=True)
    closure_id = fields.String(required=True, allow_none=True)
    interviews_blocked = fields.Boolean(required=True)
    applicant_ids = fields.List(fields.String(), required=True)


CALL_PUBLISHED = EventType("recruitment", "call_published", CallEvent, heard=False)
CALL_CORRECTED = EventType("recruitment", "call_corrected", CallCorrected)


def call_published(call: Call, rules: RecruitmentRules) -> Event:
    return CALL_PUBLISHED.about(call.id, call.version, _call(call, rules))


def call_corrected(call: Call, correction: Correction, applicants: list[str], rules: RecruitmentRules) -> Event:
    data = {
        **_call(call, rules),
        "number": correction.number,
        "reason": correction.reason,
        "changed": sorted(correction.after),
        "closure_id": correction.closure_id,
        "interviews_blocked": call.interviews_blocked_by is not None,
        "applicant_ids": applicants,
    }
    return CALL_CORRECTED.about(call.id, call.version, data)


def _call(call: Call, rules: RecruitmentRules) -> dict[str, Any]:
    zone = rules.centre.zone
    return {
        "call_id": call.id,
        "code": call.code,
        "title": call.title,
        "zone": zone.key,
        "notice_on": call.notice_on,
        "intake_opens_at": call.intake_opens_at.astimezone(zone),
        "intake_closes_at": call.intake_closes_at.astimezone(zone),
        "screening_on": call.screening_on,
        "interviews_start": call.interviews_start.astimezone(zone),
        "interviews_end": call.interviews_end.astimezone(zone),
        "result_on": call.result_on,
        "contract_by": call.contract_by,
        "move_in_on": call.move_in_on,
        "units": dict(Counter(unit.kind for unit in call.offered)),
    }
