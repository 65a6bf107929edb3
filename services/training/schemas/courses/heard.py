"""What training reads of the events of others for its courses. What else they say is passed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from marshmallow import EXCLUDE, Schema, fields, post_load

from services.chassis.fields import Identifier, Moment


@dataclass(frozen=True)
class RoomGranted:
    """plan: which plan of the session is answered."""

    session_id: str
    plan: int
    booking_id: str
    space_names: dict[str, str]


@dataclass(frozen=True)
class RoomRefused:
    session_id: str
    plan: int
    refusals: list[dict[str, Any]]


@dataclass(frozen=True)
class CancelledBooking:
    booking_id: str
    kind: str
    closure_id: str | None

    @property
    def is_of_a_course(self) -> bool:
        return self.kind == "course"


@dataclass(frozen=True)
class DeclaredClosure:
    """spaces, rooms: none of them: the whole centre."""

    closure_id: str
    start: datetime
    end: datetime
    reason: str
    space_ids: list[str]
    rooms: list[str]
    lifted_at: datetime | None


@dataclass(frozen=True)
class StartedTenancy:
    """person_id: of who signed, where it is told."""

    tenancy_id: str
    organisation_id: str
    person_id: str


@dataclass(frozen=True)
class ErasedPerson:
    person_id: str


class Heard(Schema):
    """Loads as one of the classes above."""

    command: ClassVar[type]

    class Meta:
        unknown = EXCLUDE

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        return self.command(**data)


class RoomGrantedSchema(Heard):
    command = RoomGranted
    session_id = Identifier(required=True)
    plan = fields.Integer(required=True)
    booking_id = Identifier(required=True)
    space_names = fields.Dict(keys=fields.String(), values=fields.String(), load_default={})


class RoomRefusedSchema(Heard):
    command = RoomRefused
    session_id = Identifier(required=True)
    plan = fields.Integer(required=True)
    refusals = fields.List(fields.Dict(), required=True)


class CancelledBookingSchema(Heard):
    command = CancelledBooking
    booking_id = Identifier(required=True)
    kind = fields.String(required=True)
    closure_id = Identifier(required=True, allow_none=True)


class DeclaredClosureSchema(Heard):
    command = DeclaredClosure
    closure_id = Identifier(required=True)
    start = Moment(required=True)
    end = Moment(required=True)
    reason = fields.String(required=True)
    space_ids = fields.List(fields.String(), required=True)
    rooms = fields.List(fields.String(), required=True)
    lifted_at = Moment(load_default=None, allow_none=True)


class StartedTenancySchema(Heard):
    command = StartedTenancy
    tenancy_id = Identifier(required=True)
    organisation_id = Identifier(required=True)
    person_id = fields.String(load_default="")


class ErasedPersonSchema(Heard):
    command = ErasedPerson
    person_id = Identifier(required=True)
