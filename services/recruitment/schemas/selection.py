"""Numbers of a selection, the report of a purge, and the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.chassis.fields import Identifier


@dataclass(frozen=True)
class FindDecisions:
    call_id: str
    subject_id: str | None
    cursor: str | None
    limit: int


class FindDecisionsSchema(Schema):
    call_id = Identifier(required=True)
    subject_id = Identifier(load_default=None)
    cursor = Identifier(load_default=None)
    limit = fields.Integer(strict=True, load_default=30, validate=validate.Range(1, 100))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindDecisions:
        return FindDecisions(**data)


class CountedView(Schema):
    kind = fields.String(required=True)
    legal_type = fields.String(required=True, allow_none=True)
    status = fields.String(required=True)
    applications = fields.Integer(required=True)


class SelectionStatisticsView(Schema):
    """`failed_rules`: how many applications each rule has turned away."""

    call_id = fields.String(required=True)
    rows = fields.List(fields.Nested(CountedView), required=True)
    failed_rules = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class PurgeView(Schema):
    """`documents`: how many files of each kind went; `bytes`: of all of them; `kept`: of those who were chosen."""

    call_id = fields.String(required=True)
    at = fields.AwareDateTime(format="iso", required=True)
    applications = fields.Integer(required=True)
    kept = fields.Integer(required=True)
    documents = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    bytes = fields.Integer(required=True)


class DecisionView(Schema):
    """`subject_id`: of the call, or of one of its applications. `sealed`: it tells of scores that the reader may not
    see yet; reason, before and after are left out.
    """

    subject_id = fields.String(required=True)
    at = fields.AwareDateTime(format="iso", required=True)
    actor_id = fields.String(required=True)
    action = fields.String(required=True)
    sealed = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)


class DecisionPage(Schema):
    items = fields.List(fields.Nested(DecisionView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
