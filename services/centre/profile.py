"""The `centre` section of the profile."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates, validates_schema

from services.centre.opening import WEEKDAYS, Centre, Hours
from services.chassis.fields import Identifier, Line, Zone


class Names(fields.Dict):
    """A text in every language that the centre speaks: at least Korean and English."""

    def __init__(self, **options: Any) -> None:
        super().__init__(keys=fields.String(), values=Line(max=200), **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        names = super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]
        if missing := {"ko", "en"} - names.keys():
            raise ValidationError(f"Missing: {', '.join(sorted(missing))}.")
        return names


class HoursSchema(Schema):
    opens = fields.Time(required=True)
    closes = fields.Time(required=True)

    @validates_schema
    def closes_after_it_opens(self, data: dict[str, Any], **_: Any) -> None:
        if data["opens"] >= data["closes"]:
            raise ValidationError("Must be after opens.", "closes")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Hours:
        return Hours(**data)


class CentreSchema(Schema):
    id = Identifier(required=True)
    names = Names(required=True)
    zone = Zone(required=True)
    country = fields.String(required=True)
    hours = fields.Dict(
        keys=fields.String(validate=validate.OneOf(WEEKDAYS)), values=fields.Nested(HoursSchema), required=True
    )

    @validates("country")
    def country_has_holidays(self, value: str, **_: Any) -> None:
        from holidays.registry import EntityLoader  # without the calendars of all countries

        if value not in EntityLoader.get_country_codes():
            raise ValidationError("No public holidays are known for this country.")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Centre:
        return Centre(**data)
