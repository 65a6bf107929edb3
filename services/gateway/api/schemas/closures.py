"""Times in which the centre, or some of its spaces, are closed."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validates_schema

from services.gateway.api.fields import DayOrMoment, Flag, Id, Several, Text
from services.gateway.api.schemas.bases import Answer, Incoming, require_order

MOST_SPACES = 100
TO = "A day or a time, not included"


class NewClosure(Incoming):
    since = DayOrMoment(
        required=True,
        data_key="from",
        attribute="from",
        metadata={"description": "A day or a time", "examples": ["2020-02-24"]},
    )
    to = DayOrMoment(required=True, metadata={"description": TO, "examples": ["2020-03-09"]})
    reason = Text(most=500, required=True)
    space_ids = Several(Id(), most=MOST_SPACES, allow_none=True, metadata={"description": "None: the whole centre"})
    force_majeure = Flag(metadata={"description": "It is nobody's fault", "default": False})

    @validates_schema
    def in_order(self, data: dict[str, Any], **_options: Any) -> None:
        require_order(data["from"], data["to"])


class ClosureChange(Incoming):
    to = DayOrMoment(required=True, metadata={"description": TO})


class FindClosures(Incoming):
    past = Flag(metadata={"description": "Those that are over or lifted, too", "default": False})


class Closure(Answer):
    """space_ids: empty when the whole centre is closed. settled: every booking that it touches is cancelled."""

    id = fields.String(required=True)
    since = fields.AwareDateTime(required=True, data_key="from")
    to = fields.AwareDateTime(required=True)
    reason = fields.String(required=True)
    space_ids = fields.List(fields.String(), required=True)
    force_majeure = fields.Boolean(required=True)
    declared_at = fields.AwareDateTime(required=True)
    lifted_at = fields.AwareDateTime(required=True, allow_none=True)
    settled = fields.Boolean(required=True)


class Touched(Answer):
    """How many bookings a closure cancels or has cancelled, and of how many people."""

    bookings = fields.Integer(required=True)
    people = fields.Integer(required=True)


class ChangedClosure(Closure):
    touches = fields.Nested(Touched, required=True)


class ClosureList(Answer):
    items = fields.List(fields.Nested(Closure), required=True)
