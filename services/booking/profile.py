"""The `booking` section of the profile, and what of it stands in tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema
from sqlalchemy.orm import Session

from services.booking.contract.vocabulary import Purpose
from services.booking.domain.rules import (
    Allowance,
    BookingRules,
    CheckIn,
    Equipment,
    Exemption,
    Penalties,
    RefundStep,
    Window,
)
from services.booking.domain.space import Space
from services.booking.models import Piece, Room
from services.centre.profile import Names
from services.chassis.db import insert_once
from services.chassis.fields import Identifier


class PartSchema(Schema):
    """A part of the section that loads as one of the rules' own types."""

    part: ClassVar[type]

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        return self.part(**data)


def number(least: int, **options: Any) -> fields.Integer:
    return fields.Integer(strict=True, required=True, validate=validate.Range(min=least, **options))


def duration(unit: str, data_key: str) -> fields.TimeDelta:
    """A number of `unit`, above zero."""
    above = validate.Range(min=timedelta(0), min_inclusive=False)
    return fields.TimeDelta(precision=unit, data_key=data_key, required=True, validate=above)


class WindowSchema(PartSchema):
    part = Window
    days_before = number(0)
    months_ahead = number(1)


class RefundSchema(PartSchema):
    part = RefundStep
    days_before = number(0)
    percent = number(0, max=100)


class PenaltiesSchema(PartSchema):
    part = Penalties
    points = number(1)
    within = duration("days", "within_days")
    ban = duration("days", "ban_days")


class CheckInSchema(PartSchema):
    part = CheckIn
    before = duration("minutes", "minutes_before")
    after = duration("minutes", "minutes_after")


class AllowanceSchema(Schema):
    spaces = fields.List(Identifier(), required=True)
    hours_per_month = number(0)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Allowance:
        return Allowance(frozenset(data["spaces"]), timedelta(hours=data["hours_per_month"]))


class ExemptionSchema(PartSchema):
    part = Exemption
    id = Identifier(required=True)
    names = Names(required=True)
    percent = number(1, max=100)


class EquipmentSchema(PartSchema):
    part = Equipment
    id = Identifier(required=True)
    names = Names(required=True)
    quantity = number(0)


class SpaceSchema(Schema):
    id = Identifier(required=True)
    names = Names(required=True)
    capacity = fields.Integer(strict=True, required=True, validate=validate.Range(min=1))
    rooms = fields.List(Identifier(), load_default=[])
    buffer_minutes = fields.Integer(strict=True, load_default=0, validate=validate.Range(min=0, max=24 * 60))
    walk_in = fields.Boolean(load_default=False)
    fee_per_hour = fields.Integer(strict=True, load_default=0, validate=validate.Range(min=0))


class BookingSection(Schema):
    unit_minutes = fields.Integer(strict=True, required=True, validate=validate.OneOf([15, 30, 60]))
    window = fields.Nested(WindowSchema, required=True)
    fewest_attendees = fields.Integer(strict=True, required=True, validate=validate.Range(min=1))
    forbidden_purposes = fields.List(fields.Enum(Purpose, by_value=True), required=True)
    monthly_quota = number(1)
    decision_business_days = number(1)
    most_occurrences = number(1, max=1000)
    refunds = fields.List(fields.Nested(RefundSchema), required=True)
    penalties = fields.Nested(PenaltiesSchema, required=True)
    check_in = fields.Nested(CheckInSchema, required=True)
    allowance = fields.Nested(AllowanceSchema, required=True)
    exemptions = fields.List(fields.Nested(ExemptionSchema), required=True)
    equipment = fields.List(fields.Nested(EquipmentSchema), required=True)
    spaces = fields.List(fields.Nested(SpaceSchema), required=True, validate=validate.Length(min=1))

    @validates_schema
    def rooms_are_spaces(self, data: dict[str, Any], **_: Any) -> None:
        seen: set[str] = set()
        atomic = {space["id"] for space in data["spaces"] if not space["rooms"]}
        for number, space in enumerate(data["spaces"]):
            if space["id"] in seen:
                raise ValidationError({"spaces": {number: {"id": ["There is another space with this id."]}}})
            seen.add(space["id"])
            if unknown := set(space["rooms"]) - atomic:
                message = f"Not a space of one room: {', '.join(sorted(unknown))}."
                raise ValidationError({"spaces": {number: {"rooms": [message]}}})

    @validates_schema
    def ids_are_different(self, data: dict[str, Any], **_: Any) -> None:
        for name in ("exemptions", "equipment"):
            known = Counter(each.id for each in data[name])
            if twice := [each for each, times in known.items() if times > 1]:
                raise ValidationError(f"Given twice: {', '.join(sorted(twice))}.", name)

    @validates_schema
    def allowance_is_for_known_spaces(self, data: dict[str, Any], **_: Any) -> None:
        if unknown := data["allowance"].spaces - {space["id"] for space in data["spaces"]}:
            raise ValidationError(f"No such space: {', '.join(sorted(unknown))}.", "allowance")


def build(sections: Mapping[str, Any]) -> BookingRules:
    section = sections["booking"]
    return BookingRules(
        centre=sections["centre"],
        spaces={space["id"]: _space(space) for space in section["spaces"]},
        equipment={each.id: each for each in section["equipment"]},
        unit=timedelta(minutes=section["unit_minutes"]),
        window=section["window"],
        fewest_attendees=section["fewest_attendees"],
        forbidden_purposes=frozenset(section["forbidden_purposes"]),
        monthly_quota=section["monthly_quota"],
        decision_days=section["decision_business_days"],
        most_occurrences=section["most_occurrences"],
        refunds=tuple(sorted(section["refunds"], key=lambda step: -step.days_before)),
        penalties=section["penalties"],
        check_in=section["check_in"],
        allowance=section["allowance"],
        exemptions={each.id: each for each in section["exemptions"]},
    )


def apply(session: Session, rules: BookingRules) -> None:
    """Every atomic room and piece of equipment has a row, which decisions lock. What left the profile stays: bookings
    may have it.
    """
    for room in rules.rooms:
        insert_once(session, Room.__table__, id=room)
    for piece in rules.equipment.values():
        session.merge(Piece(id=piece.id, quantity=piece.quantity))


def _space(section: Mapping[str, Any]) -> Space:
    return Space(
        id=section["id"],
        names=section["names"],
        capacity=section["capacity"],
        rooms=tuple(sorted(section["rooms"])) or (section["id"],),
        buffer=timedelta(minutes=section["buffer_minutes"]),
        walk_in=section["walk_in"],
        fee_per_hour=section["fee_per_hour"],
    )
