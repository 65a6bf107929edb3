"""The `booking` section of the profile, and what of it stands in tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema
from sqlalchemy.orm import Session

from services.booking.domain.lifecycle import Purpose
from services.booking.domain.space import BookingRules, Space
from services.booking.models import Room
from services.centre.profile import Names
from services.chassis.db import insert_once
from services.chassis.fields import Identifier


class WindowSchema(Schema):
    days_before = fields.Integer(strict=True, required=True, validate=validate.Range(min=0))
    months_ahead = fields.Integer(strict=True, required=True, validate=validate.Range(min=1))


class SpaceSchema(Schema):
    id = Identifier(required=True)
    names = Names(required=True)
    capacity = fields.Integer(strict=True, required=True, validate=validate.Range(min=1))
    rooms = fields.List(Identifier(), load_default=[])
    buffer_minutes = fields.Integer(strict=True, load_default=0, validate=validate.Range(min=0, max=24 * 60))
    walk_in = fields.Boolean(load_default=False)


class BookingSection(Schema):
    unit_minutes = fields.Integer(strict=True, required=True, validate=validate.OneOf([15, 30, 60]))
    window = fields.Nested(WindowSchema, required=True)
    fewest_attendees = fields.Integer(strict=True, required=True, validate=validate.Range(min=1))
    forbidden_purposes = fields.List(fields.Enum(Purpose, by_value=True), required=True)
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


def build(sections: Mapping[str, Any]) -> BookingRules:
    section = sections["booking"]
    return BookingRules(
        centre=sections["centre"],
        spaces={space["id"]: _space(space) for space in section["spaces"]},
        unit=timedelta(minutes=section["unit_minutes"]),
        days_before=section["window"]["days_before"],
        months_ahead=section["window"]["months_ahead"],
        fewest_attendees=section["fewest_attendees"],
        forbidden_purposes=frozenset(section["forbidden_purposes"]),
    )


def apply(session: Session, rules: BookingRules) -> None:
    """Every atomic room has a row, which decisions lock. A room that left the profile stays: bookings may hold it."""
    for room in rules.rooms:
        insert_once(session, Room.__table__, id=room)


def _space(section: Mapping[str, Any]) -> Space:
    return Space(
        id=section["id"],
        names=section["names"],
        capacity=section["capacity"],
        rooms=tuple(sorted(section["rooms"])) or (section["id"],),
        buffer=timedelta(minutes=section["buffer_minutes"]),
        walk_in=section["walk_in"],
    )
