"""The `courses` part of the training section."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from services.centre.profile import Names
from services.training.domain.courses.rules import Certificates, CourseRules, RefundStep


class Share(fields.String):
    """A part of the whole, from "0" to "1", such as "1/3". Loads as a Fraction."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            share = Fraction(text)
        except (ValueError, ZeroDivisionError) as error:
            raise ValidationError('Give a fraction, such as "1/3".') from error
        if not 0 <= share <= 1:
            raise ValidationError("Give a part of the whole, from 0 to 1.")
        return share


def _above_zero(unit: str, data_key: str) -> fields.TimeDelta:
    above = validate.Range(min=timedelta(0), min_inclusive=False)
    return fields.TimeDelta(precision=unit, data_key=data_key, required=True, validate=above)


def _percent() -> fields.Integer:
    return fields.Integer(strict=True, required=True, validate=validate.Range(min=0, max=100))


class RefundSchema(Schema):
    passed = Share(required=True)
    share = Share(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RefundStep:
        return RefundStep(**data)


class CertificatesSchema(Schema):
    percent = _percent()
    address = fields.String(required=True, validate=validate.Regexp(r"^https?://\S+$"))
    signed_by = Names(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Certificates:
        if "{code}" not in data["address"]:
            raise ValidationError("Say with {code} where the code goes.", "address")
        return Certificates(**data)


class CoursesSection(Schema):
    offer = _above_zero("hours", "offer_hours")
    fewest_percent = _percent()
    room_answer = _above_zero("minutes", "room_answer_minutes")
    check_in = _above_zero("minutes", "check_in_minutes_before")
    refunds = fields.List(fields.Nested(RefundSchema), required=True)
    certificates = fields.Nested(CertificatesSchema, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> CourseRules:
        steps = tuple(sorted(data.pop("refunds"), key=lambda step: step.passed))
        return CourseRules(refunds=steps, **data)
