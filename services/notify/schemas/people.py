"""Preferences and consents, contacts as staff see them, the access log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from services.chassis.fields import Identifier, Line
from services.notify.domain.message import Category, Channel
from services.notify.domain.quiet import QuietHours
from services.notify.schemas import ContactView

MOST_AT_ONCE = 500
"""People whose data one request may show."""


@dataclass(frozen=True)
class PutPreferences:
    """choices replace those that were there. quiet: None for the centre's own. consents: None leaves one as it is; True
    gives or confirms it now.
    """

    choices: Mapping[Category, Mapping[Channel, bool]]
    quiet: QuietHours | None
    advertising: bool | None
    night: bool | None


@dataclass(frozen=True)
class Disclose:
    """People whose contact data somebody wants to see, and why."""

    person_ids: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class FindContacts:
    limit: int
    cursor: str | None


@dataclass(frozen=True)
class FindDisclosures:
    limit: int
    cursor: int | None
    person_id: str | None
    actor_id: str | None


@dataclass(frozen=True)
class ErasePerson:
    """reason: of staff; a person who erases themself needs none."""

    person_id: str
    reason: str | None


@dataclass(frozen=True)
class ErasedPerson:
    person_id: str


class ErasedPersonSchema(Schema):
    person_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ErasedPerson:
        return ErasedPerson(**data)


class ErasePersonSchema(Schema):
    person_id = Identifier(required=True)
    reason = Line(max=500, load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ErasePerson:
        return ErasePerson(**data)


class Nothing(Schema):
    """A question without arguments."""


class Page(Schema):
    limit = fields.Integer(load_default=30, validate=validate.Range(min=1, max=100))


class NumberedPage(Page):
    cursor = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1, max=2**62))


class QuietHoursSchema(Schema):
    start = fields.Time(format="%H:%M", required=True, data_key="from")
    end = fields.Time(format="%H:%M", required=True, data_key="until")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> QuietHours:
        try:
            return QuietHours(**data)
        except ValueError as error:
            raise ValidationError("Quiet hours end at another time than they start.", "until") from error


class ConsentsSchema(Schema):
    advertising = fields.Boolean(load_default=None, allow_none=True)
    night = fields.Boolean(load_default=None, allow_none=True)


class PutPreferencesSchema(Schema):
    choices = fields.Dict(
        keys=fields.Enum(Category, by_value=True),
        values=fields.Dict(keys=fields.Enum(Channel, by_value=True), values=fields.Boolean()),
        load_default=dict,
    )
    quiet = fields.Nested(QuietHoursSchema, load_default=None, allow_none=True)
    consents = fields.Nested(ConsentsSchema, load_default=dict)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> PutPreferences:
        consents = data["consents"]
        return PutPreferences(data["choices"], data["quiet"], consents.get("advertising"), consents.get("night"))


class DiscloseSchema(Schema):
    person_ids = fields.List(Identifier(), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE))
    reason = Line(max=500, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Disclose:
        return Disclose(tuple(dict.fromkeys(data["person_ids"])), data["reason"])


class FindContactsSchema(Page):
    cursor = Identifier(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindContacts:
        return FindContacts(**data)


class FindDisclosuresSchema(NumberedPage):
    person_id = Identifier(load_default=None, allow_none=True)
    actor_id = Identifier(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindDisclosures:
        return FindDisclosures(**data)


class QuietHoursView(Schema):
    start = fields.Time(format="%H:%M", required=True, data_key="from")
    end = fields.Time(format="%H:%M", required=True, data_key="until")


class ConsentView(Schema):
    """expires_at: confirmed again before then, it goes on."""

    given = fields.Boolean(required=True)
    confirmed_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    expires_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)


class ConsentsView(Schema):
    advertising = fields.Nested(ConsentView, required=True)
    night = fields.Nested(ConsentView, required=True)


class PreferencesView(Schema):
    """choices: what goes out, with the centre's defaults, by category and channel. own: what the person chose."""

    person_id = fields.String(required=True)
    choices = fields.Dict(keys=fields.String(), values=fields.Dict(), required=True)
    own = fields.Dict(keys=fields.String(), values=fields.Dict(), required=True)
    quiet = fields.Nested(QuietHoursView, required=True, allow_none=True)
    zone = fields.String(required=True)
    consents = fields.Nested(ConsentsView, required=True)


class MaskedContactView(Schema):
    person_id = fields.String(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    phone = fields.String(required=True, allow_none=True)
    locale = fields.String(required=True)


class MaskedContactPage(Schema):
    items = fields.List(fields.Nested(MaskedContactView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class ContactList(Schema):
    items = fields.List(fields.Nested(ContactView), required=True)


class DisclosureView(Schema):
    id = fields.Integer(required=True)
    person_id = fields.String(required=True)
    action = fields.String(required=True)
    reason = fields.String(required=True)
    actor_id = fields.String(required=True)
    actor_name = fields.String(required=True)
    at = fields.AwareDateTime(format="iso", required=True)


class DisclosurePage(Schema):
    items = fields.List(fields.Nested(DisclosureView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
