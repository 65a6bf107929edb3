"""What somebody wants to hear, over which channels and when."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Flag, Matching
from services.gateway.api.schemas.bases import Answer, Incoming

CATEGORIES = ("mandatory", "service", "advertising")
CHANNELS = ("inbox", "email", "sms", "lms", "alimtalk", "webhook")
WALL_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


class WallClock(Matching):
    """A time of day in the person's zone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(WALL_CLOCK, _("Give a time of day like 22:00."), least=5, most=5, **options)


class QuietHours(Incoming):
    """`from` after `until` goes over midnight."""

    start = WallClock(required=True, data_key="from", attribute="from")
    end = WallClock(required=True, data_key="until", attribute="until")

    @validates_schema
    def ends_at_another_time(self, data: dict[str, Any], **_options: Any) -> None:
        if data.get("from") == data.get("until"):
            raise ValidationError(_("Quiet hours end at another time than they start."), "until")


class Channels(Incoming):
    inbox = Flag()
    email = Flag()
    sms = Flag()
    lms = Flag()
    alimtalk = Flag()
    webhook = Flag()


class Choices(Incoming):
    """True: wanted. What is not named is as the centre does it."""

    mandatory = fields.Nested(Channels)
    service = fields.Nested(Channels)
    advertising = fields.Nested(Channels)


class Consents(Incoming):
    """True gives a consent, or confirms it now; false takes it back; what is not named stays."""

    advertising = Flag()
    night = Flag()


class NewPreferences(Incoming):
    """What is not named of choices and quiet hours is forgotten."""

    choices = fields.Nested(Choices)
    quiet = fields.Nested(QuietHours, allow_none=True)
    consents = fields.Nested(Consents)


class Quiet(Answer):
    since = fields.String(required=True, data_key="from")
    until = fields.String(required=True)


class Consent(Answer):
    given = fields.Boolean(required=True)
    confirmed_at = fields.AwareDateTime(required=True, allow_none=True)
    expires_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "Then it counts no more, unless confirmed before"}
    )


class ConsentsGiven(Answer):
    advertising = fields.Nested(Consent, required=True)
    night = fields.Nested(Consent, required=True)


class Preferences(Answer):
    person_id = fields.String(required=True)
    choices = fields.Dict(required=True, metadata={"description": "What goes out: {category: {channel: true}}"})
    own = fields.Dict(required=True, metadata={"description": "What of it the person chose"})
    quiet = fields.Nested(Quiet, required=True, allow_none=True)
    zone = fields.String(required=True)
    consents = fields.Nested(ConsentsGiven, required=True)
