"""What the selection reads of the events of others. What else they say is passed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, post_load

from services.chassis.fields import Identifier, Line, Moment


@dataclass(frozen=True)
class Closure:
    """space_ids: none when the whole centre is closed. lifted_at: nothing of it is left since then."""

    closure_id: str
    start: datetime
    end: datetime
    reason: str
    space_ids: tuple[str, ...]
    lifted_at: datetime | None


@dataclass(frozen=True)
class ErasedPerson:
    person_id: str


class Heard(Schema):
    class Meta:
        unknown = EXCLUDE


class ClosureSchema(Heard):
    closure_id = Identifier(required=True)
    start = Moment(required=True)
    end = Moment(required=True)
    reason = Line(max=500, required=True)
    space_ids = fields.List(Identifier(), required=True)
    lifted_at = Moment(required=True, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Closure:
        return Closure(**{**data, "space_ids": tuple(data["space_ids"])})


class ErasedPersonSchema(Heard):
    person_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ErasedPerson:
        return ErasedPerson(**data)
