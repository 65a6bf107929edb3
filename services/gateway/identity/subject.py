"""The person of a login: what a token and the claims of an issuer may say of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, post_load

from services.chassis.i18n import msgid as _
from services.gateway.fields import Id, Language, Matching, Several, Text
from services.gateway.language import DEFAULT

MOST_ROLES, MOST_ORGS = 20, 50


class Role(Matching):
    """The name of a role, such as staff."""

    def __init__(self, **options: Any) -> None:
        super().__init__(r"^[a-z][a-z_]*$", _("Roles are lower-case words, such as staff."), most=40, **options)


class Subject(Schema):
    """The person a token is for. `name` is the id if none is given."""

    class Meta:
        unknown = RAISE

    sub = Id(required=True, metadata={"examples": ["minji"]})
    name = Text(most=200)
    roles = Several(Role(), most=MOST_ROLES, load_default=list, metadata={"examples": [["resident"]]})
    orgs = Several(Id(), most=MOST_ORGS, load_default=list)
    locale = Language(load_default=DEFAULT)

    @post_load
    def named(self, data: dict[str, Any], **_options: Any) -> Mapping[str, Any]:
        return {"name": data["sub"], **data}
