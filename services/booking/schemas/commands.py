"""Commands in. Each loads into a frozen dataclass, which a use case takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from services.booking.domain.application import ExemptionClaim, Particulars
from services.booking.domain.closing import Closing
from services.booking.domain.lifecycle import Field, Purpose, RejectReason, Scope
from services.booking.domain.recurrence import Recurrence
from services.booking.domain.rules import LONGEST
from services.centre.opening import Centre
from services.chassis.fields import DayOrMoment, Identifier, Line, Moment, Paragraphs

MOST_EXDATES = 500


@dataclass(frozen=True)
class RequestBooking:
    space_id: str
    start: datetime
    end: datetime
    particulars: Particulars
    group_id: str | None = None
    recurrence: Recurrence | None = None


@dataclass(frozen=True)
class ChangeBooking:
    """particulars: those that change, by name. version: of the booking, as the changer knows it."""

    booking_id: str
    scope: Scope
    version: int | None
    space_id: str | None
    start: datetime | None
    end: datetime | None
    particulars: dict[str, Any]


@dataclass(frozen=True)
class BookingId:
    booking_id: str


@dataclass(frozen=True)
class DecideBooking:
    booking_id: str
    scope: Scope = Scope.ALL


@dataclass(frozen=True)
class RejectBooking:
    booking_id: str
    reason_code: RejectReason
    note: str | None = None
    scope: Scope = Scope.ALL


@dataclass(frozen=True)
class CancelBooking:
    booking_id: str
    scope: Scope = Scope.THIS
    note: str | None = None
    force_majeure: bool = False


@dataclass(frozen=True)
class ChangeWalkIns:
    space_id: str
    change: int


@dataclass(frozen=True)
class DeclareClosure:
    """start, to: a day in the centre's zone, or a moment; `to` is exclusive."""

    start: date | datetime
    to: date | datetime
    reason: str
    space_ids: tuple[str, ...] = ()
    force_majeure: bool = False

    def closing(self, centre: Centre, order_id: str | None = None) -> Closing:
        """Raises Invalid."""
        return Closing(
            period=centre.period(self.start, self.to),
            reason=self.reason,
            space_ids=self.space_ids,
            force_majeure=self.force_majeure,
            order_id=order_id,
        )


@dataclass(frozen=True)
class ClosureId:
    closure_id: str


@dataclass(frozen=True)
class ChangeClosure:
    closure_id: str
    to: date | datetime


class PeriodSchema(Schema):
    start = Moment(required=True)
    end = Moment(required=True)

    @validates_schema
    def ends_after_it_starts(self, data: dict[str, Any], **_: Any) -> None:
        if data["end"] <= data["start"]:
            raise ValidationError("Must be after start.", "end")
        if data["end"] - data["start"] > LONGEST:
            raise ValidationError(f"At most {LONGEST.days} days after start.", "end")


class RecurrenceSchema(Schema):
    rrule = Line(most=500, required=True)
    exdates = fields.List(DayOrMoment(), load_default=[], validate=validate.Length(max=MOST_EXDATES))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Recurrence:
        return Recurrence(data["rrule"], tuple(data["exdates"]))


class ExemptionSchema(Schema):
    ground = Identifier(required=True)
    evidence = Line(most=500, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ExemptionClaim:
        return ExemptionClaim(**data)


def wanted_equipment(**options: Any) -> fields.Dict:
    """Quantity by id."""
    quantity = fields.Integer(strict=True, validate=validate.Range(min=1, max=10_000))
    return fields.Dict(keys=Identifier(), values=quantity, validate=validate.Length(max=50), **options)


def attendees(**options: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(min=1, max=100_000), **options)


PARTICULARS = ("title", "purpose", "attendees", "field", "equipment", "exemption")


class RequestBookingSchema(PeriodSchema):
    space_id = Identifier(required=True)
    title = Line(most=200, required=True)
    purpose = fields.Enum(Purpose, by_value=True, required=True)
    field = fields.Enum(Field, by_value=True, load_default=Field.BOTH)
    attendees = attendees(required=True)
    group_id = Identifier(load_default=None, allow_none=True)
    equipment = wanted_equipment(load_default={})
    exemption = fields.Nested(ExemptionSchema, load_default=None, allow_none=True)
    recurrence = fields.Nested(RecurrenceSchema, load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RequestBooking:
        particulars = Particulars(**{name: data.pop(name) for name in PARTICULARS})
        return RequestBooking(particulars=particulars, **data)


class BookingIdSchema(Schema):
    booking_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> BookingId:
        return BookingId(**data)


class ChangeBookingSchema(Schema):
    """What is left out stays as it is."""

    booking_id = Identifier(required=True)
    scope = fields.Enum(Scope, by_value=True, load_default=Scope.THIS)
    version = fields.Integer(strict=True, load_default=None, allow_none=True)
    space_id = Identifier(load_default=None)
    start = Moment(load_default=None)
    end = Moment(load_default=None)
    title = Line(most=200)
    purpose = fields.Enum(Purpose, by_value=True)
    field = fields.Enum(Field, by_value=True)
    attendees = attendees()
    equipment = wanted_equipment()
    exemption = fields.Nested(ExemptionSchema, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ChangeBooking:
        particulars = {name: data.pop(name) for name in PARTICULARS if name in data}
        return ChangeBooking(particulars=particulars, **data)


class DecideBookingSchema(Schema):
    booking_id = Identifier(required=True)
    scope = fields.Enum(Scope, by_value=True, load_default=Scope.ALL)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> DecideBooking:
        return DecideBooking(**data)


class RejectBookingSchema(Schema):
    booking_id = Identifier(required=True)
    scope = fields.Enum(Scope, by_value=True, load_default=Scope.ALL)
    reason_code = fields.Enum(RejectReason, by_value=True, required=True)
    note = Paragraphs(most=2000, least=0, load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RejectBooking:
        return RejectBooking(**data)


class CancelBookingSchema(Schema):
    booking_id = Identifier(required=True)
    scope = fields.Enum(Scope, by_value=True, load_default=Scope.THIS)
    note = Paragraphs(most=2000, least=0, load_default=None, allow_none=True)
    force_majeure = fields.Boolean(load_default=False)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> CancelBooking:
        return CancelBooking(**data)


class ChangeWalkInsSchema(Schema):
    """change: how many come, or go when it is below zero."""

    space_id = Identifier(required=True)
    change = fields.Integer(
        strict=True, required=True, validate=[validate.Range(min=-1000, max=1000), validate.NoneOf([0])]
    )

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ChangeWalkIns:
        return ChangeWalkIns(**data)


class DeclareClosureSchema(Schema):
    start = DayOrMoment(required=True, data_key="from")
    to = DayOrMoment(required=True)
    reason = Line(most=500, required=True)
    space_ids = fields.List(Identifier(), load_default=[], allow_none=True)
    force_majeure = fields.Boolean(load_default=False)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> DeclareClosure:
        return DeclareClosure(**{**data, "space_ids": tuple(data["space_ids"] or ())})


class ClosureIdSchema(Schema):
    closure_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ClosureId:
        return ClosureId(**data)


class ChangeClosureSchema(Schema):
    closure_id = Identifier(required=True)
    to = DayOrMoment(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ChangeClosure:
        return ChangeClosure(**data)
