"""Who somebody is, and where they are reached."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, post_load

from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Id, Several, Text, said
from services.gateway.api.schemas.bases import Answer, Incoming
from services.gateway.language import DEFAULT

MOST_ROLES, MOST_ORGS = 20, 50
PHONE = r"^\+?[0-9(][0-9 ()-]{5,22}[0-9]$"
EMAIL = r"^[^\s@]+@[^\s@]+$"
ZONE = r"^[A-Za-z]+([/_+-][A-Za-z0-9]+)*$"
LANGUAGE = r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"


class Matching(Text):
    """Text of one form."""

    def __init__(self, pattern: str, message: str, **options: Any) -> None:
        self._pattern, self._message = re.compile(pattern.strip("^$")), message
        super().__init__(metadata={"pattern": pattern, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not self._pattern.fullmatch(value):
            raise ValidationError(said(self._message))
        return text


class Role(Matching):
    def __init__(self, **options: Any) -> None:
        super().__init__(r"^[a-z][a-z_]*$", _("Roles are lower-case words, such as staff."), most=40, **options)


class Language(Matching):
    """A language tag, as in BCP 47. Who reads neither Korean nor English is answered in English."""

    def __init__(self, **options: Any) -> None:
        super().__init__(LANGUAGE, _("Give a language tag like ko, en or zh-CN."), least=2, most=10, **options)


class Subject(Incoming):
    """Whom a token is for. name: by default the id."""

    sub = Id(required=True, metadata={"examples": ["minji"]})
    name = Text(most=200)
    roles = Several(Role(), most=MOST_ROLES, load_default=list, metadata={"examples": [["resident"]]})
    orgs = Several(Id(), most=MOST_ORGS, load_default=list)
    locale = Language(load_default=DEFAULT)

    @post_load
    def named(self, data: dict[str, Any], **_options: Any) -> Mapping[str, Any]:
        return {"name": data["sub"], **data}


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
