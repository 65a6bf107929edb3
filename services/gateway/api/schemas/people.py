"""Who somebody is, and where they are reached."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Language, Matching, Text
from services.gateway.api.schemas.bases import Answer, Incoming

PHONE = r"^\+?[0-9(][0-9 ()-]{5,22}[0-9]$"
EMAIL = r"^[^\s@]+@[^\s@]+$"
ZONE = r"^[A-Za-z]+([/_+-][A-Za-z0-9]+)*$"


class AccessToken(Answer):
    access_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True, metadata={"description": "Seconds"})


class Me(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    orgs = fields.List(fields.String(), required=True)
    locale = fields.String(required=True)


class NewContact(Incoming):
    """Where I am reached. name: by default the one of my login."""

    email = Matching(
        EMAIL, _("This is no e-mail address."), least=3, most=254, required=True, metadata={"format": "email"}
    )
    phone = Matching(PHONE, _("This is no phone number."), least=8, most=25, allow_none=True)
    locale = Language(required=True)
    name = Text(most=200)
    zone = Matching(
        ZONE,
        _("Give a time zone like Asia/Seoul."),
        least=3,
        most=64,
        metadata={"description": "By default the centre's"},
    )


class Contact(Answer):
    person_id = fields.String(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    phone = fields.String(required=True, allow_none=True)
    locale = fields.String(required=True)
    zone = fields.String(required=True)
    updated_at = fields.AwareDateTime(required=True)
