"""The `notify` section of the profile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from services.centre.profile import Names
from services.notify.domain.advertising import AdvertisingLaw
from services.notify.domain.language import Language
from services.notify.domain.letterhead import DigestPace, Letterhead, Retention
from services.notify.domain.message import Category, Channel
from services.notify.domain.preferences import Preferences
from services.notify.domain.quiet import QuietHours

_POSITIVE = validate.Range(min=1)


class QuietHoursSchema(Schema):
    start = fields.Time(format="%H:%M", required=True, data_key="from")
    end = fields.Time(format="%H:%M", required=True, data_key="until")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> QuietHours:
        try:
            return QuietHours(**data)
        except ValueError as error:
            raise ValidationError(str(error), "until") from error


class AdvertisingSchema(Schema):
    night = fields.Nested(QuietHoursSchema, required=True)
    consent_years = fields.Integer(required=True, validate=_POSITIVE)
    reminder_days = fields.Integer(required=True, validate=_POSITIVE)
    contacts = Names(required=True)
    opt_outs = Names(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> AdvertisingLaw:
        return AdvertisingLaw(reminder=timedelta(days=data.pop("reminder_days")), **data)


class PreferencesSchema(Schema):
    """What is wanted of whoever says nothing: {category: {channel: false}}, and quiet hours, if any."""

    choices = fields.Dict(
        keys=fields.Enum(Category, by_value=True),
        values=fields.Dict(keys=fields.Enum(Channel, by_value=True), values=fields.Boolean()),
        required=True,
    )
    quiet = fields.Nested(QuietHoursSchema, required=True, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Preferences:
        if Category.MANDATORY in data["choices"]:
            raise ValidationError("Mandatory messages cannot be muted.", "choices")
        return Preferences(**data)


class DigestsSchema(Schema):
    quiet_minutes = fields.Integer(required=True, validate=_POSITIVE)
    longest_minutes = fields.Integer(required=True, validate=_POSITIVE)

    @post_load
    def build(self, data: dict[str, int], **_: Any) -> DigestPace:
        return DigestPace(timedelta(minutes=data["quiet_minutes"]), timedelta(minutes=data["longest_minutes"]))


class RetentionSchema(Schema):
    body_days = fields.Integer(required=True, validate=_POSITIVE)
    receipt_days = fields.Integer(required=True, validate=_POSITIVE)
    access_log_days = fields.Integer(required=True, validate=_POSITIVE)

    @post_load
    def build(self, data: dict[str, int], **_: Any) -> Retention:
        return Retention(
            bodies=timedelta(days=data["body_days"]),
            receipts=timedelta(days=data["receipt_days"]),
            access_log=timedelta(days=data["access_log_days"]),
        )


class NotifySection(Schema):
    sender_names = Names(required=True)
    fallback_locale = fields.Enum(Language, by_value=True, required=True)
    channels = fields.List(fields.Enum(Channel, by_value=True), required=True, validate=validate.Length(min=1))
    mandatory_by_text = fields.Boolean(required=True)
    preferences = fields.Nested(PreferencesSchema, required=True)
    advertising = fields.Nested(AdvertisingSchema, required=True)
    digests = fields.Nested(DigestsSchema, required=True)
    retention = fields.Nested(RetentionSchema, required=True)


def build(sections: Mapping[str, Any]) -> Letterhead:
    section = sections["notify"]
    return Letterhead(
        centre=sections["centre"],
        sender_names=section["sender_names"],
        fallback=section["fallback_locale"],
        channels=tuple(section["channels"]),
        mandatory_by_text=section["mandatory_by_text"],
        preferences=section["preferences"],
        law=section["advertising"],
        digests=section["digests"],
        retention=section["retention"],
    )
