"""What booking reads of the events of others. What else they say is passed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, post_load, validate

from services.booking.domain.lifecycle import Field
from services.booking.schemas.commands import DeclareClosure, PeriodSchema, attendees
from services.chassis.fields import Day, DayOrMoment, Identifier, Line


@dataclass(frozen=True)
class PlannedSession:
    session_id: str
    space_id: str
    start: datetime
    end: datetime
    title: str
    attendees: int
    field: Field


@dataclass(frozen=True)
class SessionId:
    session_id: str


@dataclass(frozen=True)
class StartedTenancy:
    tenancy_id: str
    organisation_id: str
    starts_on: date


@dataclass(frozen=True)
class EndedTenancy:
    tenancy_id: str
    ended_on: date


@dataclass(frozen=True)
class ErasedPerson:
    person_id: str


@dataclass(frozen=True)
class ClosureOrder(DeclareClosure):
    """order_id: as the one who orders calls it; the same one again moves the closure's end."""

    order_id: str | None = None


class Heard(Schema):
    class Meta:
        unknown = EXCLUDE


class PlannedSessionSchema(PeriodSchema, Heard):
    session_id = Identifier(required=True)
    space_id = Identifier(required=True)
    title = Line(most=200, required=True)
    attendees = attendees(required=True)
    field = fields.Enum(Field, by_value=True, load_default=Field.BOTH)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> PlannedSession:
        return PlannedSession(**data)


class SessionIdSchema(Heard):
    session_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> SessionId:
        return SessionId(**data)


class StartedTenancySchema(Heard):
    tenancy_id = Identifier(required=True)
    organisation_id = Identifier(required=True)
    starts_on = Day(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> StartedTenancy:
        return StartedTenancy(**data)


class EndedTenancySchema(Heard):
    tenancy_id = Identifier(required=True)
    ended_on = Day(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> EndedTenancy:
        return EndedTenancy(**data)


class ErasedPersonSchema(Heard):
    person_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ErasedPerson:
        return ErasedPerson(**data)


class ClosureOrderSchema(Heard):
    start = DayOrMoment(required=True, data_key="from")
    to = DayOrMoment(required=True)
    reason = Line(most=500, required=True)
    space_ids = fields.List(Identifier(), load_default=[], allow_none=True)
    force_majeure = fields.Boolean(load_default=True)
    order_id = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=100))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ClosureOrder:
        return ClosureOrder(**{**data, "space_ids": tuple(data["space_ids"] or ())})
