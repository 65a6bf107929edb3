"""Events of others, as far as booking reads them. Other fields are ignored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, post_load, validate, validates_schema

from services.booking.contract.bookings import MOST_ATTENDEES
from services.booking.contract.period import check_period
from services.booking.domain.closing import Closing
from services.centre.opening import Centre
from services.centre.vocabulary import Field
from services.chassis.fields import Day, DayOrMoment, Identifier, Line, Moment, Whole


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
class ClosureOrder:
    """start, to: a day in the centre's zone, or a moment; `to` is not included.

    order_id: of the sender. Another order with the same id moves the closure's end.
    """

    start: date | datetime
    to: date | datetime
    reason: str
    space_ids: tuple[str, ...] = ()
    force_majeure: bool = False
    order_id: str | None = None

    def closing(self, centre: Centre, order_id: str) -> Closing:
        """Raises Invalid."""
        period = centre.period(self.start, self.to)
        return Closing(period, self.reason, self.space_ids, self.force_majeure, order_id)


class Heard(Schema):
    class Meta:
        unknown = EXCLUDE


class PlannedSessionSchema(Heard):
    start = Moment(required=True)
    end = Moment(required=True)
    session_id = Identifier(required=True)
    space_id = Identifier(required=True)
    title = Line(max=200, required=True)
    attendees = Whole(1, MOST_ATTENDEES, required=True)
    field = fields.Enum(Field, by_value=True, load_default=Field.BOTH)

    @validates_schema
    def ends_after_it_starts(self, data: dict[str, Any], **_: Any) -> None:
        check_period(data["start"], data["end"])

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
    reason = Line(max=500, required=True)
    space_ids = fields.List(Identifier(), load_default=[], allow_none=True)
    force_majeure = fields.Boolean(load_default=True)
    order_id = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=100))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ClosureOrder:
        return ClosureOrder(**{**data, "space_ids": tuple(data["space_ids"] or ())})
