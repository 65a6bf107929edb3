"""The `notify` section of the profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields

from services.centre.profile import Names
from services.notify.domain.language import Language
from services.notify.domain.letterhead import Letterhead


class NotifySection(Schema):
    sender_names = Names(required=True)
    fallback_locale = fields.Enum(Language, by_value=True, required=True)


def build(sections: Mapping[str, Any]) -> Letterhead:
    section = sections["notify"]
    return Letterhead(
        centre=sections["centre"], sender_names=section["sender_names"], fallback=section["fallback_locale"]
    )
