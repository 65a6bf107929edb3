"""Contact data in lists, and who saw it."""

from __future__ import annotations

from marshmallow import fields

from services.gateway.api.fields import Id, Several, Text
from services.gateway.api.schemas.bases import Answer, Incoming, Page
from services.gateway.api.schemas.people import Contact

MOST_AT_ONCE = 500


class MaskedContact(Answer):
    """No more than is needed to recognise somebody."""

    person_id = fields.String(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    phone = fields.String(required=True, allow_none=True)
    locale = fields.String(required=True)


class MaskedContactPage(Answer):
    items = fields.List(fields.Nested(MaskedContact), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Disclosing(Incoming):
    person_ids = Several(Id(), least=1, most=MOST_AT_ONCE, required=True)
    reason = Text(most=500, required=True, metadata={"description": "Kept with each of the people for two years"})


class Erasing(Incoming):
    reason = Text(most=500, allow_none=True, metadata={"description": "Staff must say why"})


class ContactList(Answer):
    """In the order of their ids; who has no contact details is missing."""

    items = fields.List(fields.Nested(Contact), required=True)


class FindDisclosures(Page):
    person_id = Id()
    actor_id = Id()


class Disclosure(Answer):
    id = fields.Integer(required=True)
    person_id = fields.String(required=True)
    action = fields.String(required=True, metadata={"enum": ["view", "export"]})
    reason = fields.String(required=True)
    actor_id = fields.String(required=True)
    actor_name = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class DisclosurePage(Answer):
    items = fields.List(fields.Nested(Disclosure), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
