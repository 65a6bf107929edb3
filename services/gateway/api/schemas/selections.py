"""Numbers of a selection, the report of a purge, and the audit log of a call."""

from __future__ import annotations

from marshmallow import fields

from services.gateway.api.fields import Id
from services.gateway.api.schemas.applications import STATUSES
from services.gateway.api.schemas.bases import Answer, Page
from services.gateway.api.schemas.calls import KINDS, LEGAL_TYPES


class FindCallDecisions(Page):
    subject_id = Id(metadata={"description": "One of its applications"})


class CallDecision(Answer):
    """`subject_id`: of the call, or of one of its applications. `madang:…` is the centre itself. `sealed`: it tells of
    scores that the reader may not see yet; reason, before and after are left out.
    """

    subject_id = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    actor_id = fields.String(required=True)
    action = fields.String(required=True)
    sealed = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)


class CallDecisionPage(Answer):
    items = fields.List(fields.Nested(CallDecision), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class CountedApplications(Answer):
    kind = fields.String(required=True, metadata={"enum": list(KINDS)})
    legal_type = fields.String(required=True, allow_none=True, metadata={"enum": [*LEGAL_TYPES, None]})
    status = fields.String(required=True, metadata={"enum": list(STATUSES)})
    applications = fields.Integer(required=True)


class SelectionStatistics(Answer):
    """`failed_rules`: how many applications each rule has turned away. The same before and after a purge."""

    call_id = fields.String(required=True)
    rows = fields.List(fields.Nested(CountedApplications), required=True)
    failed_rules = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class PurgeReport(Answer):
    """`documents`: how many files of each kind went; `bytes`: of all of them; `kept`: of those who were chosen."""

    call_id = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    applications = fields.Integer(required=True)
    kept = fields.Integer(required=True)
    documents = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    bytes = fields.Integer(required=True)
