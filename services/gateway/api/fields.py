"""marshmallow fields of the interface. Those that logins share with it come from `services/gateway/fields.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from marshmallow import ValidationError, fields

from services.chassis import fields as chassis
from services.chassis.fields import Paragraphs
from services.chassis.i18n import msgid as _
from services.gateway.fields import IDENTIFIER, Id, Language, Matching, Several, Text, said

__all__ = [
    "IDENTIFIER",
    "Choice",
    "Count",
    "Cursor",
    "DayOrMoment",
    "Flag",
    "Id",
    "Language",
    "Matching",
    "Prose",
    "Several",
    "Text",
    "said",
]

MOST_NUMBER = 2**31 - 1
MOST_WON = 10**12
"""Limit of a grant, a contract, or the income of an organisation."""
LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
_NUMBER = re.compile(r"-?[0-9]{1,13}")


class Prose(Text):
    """Text with line breaks."""

    pattern = LINES
    controls = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
    allowed_controls = Paragraphs.allowed_controls


class Cursor(fields.String):
    """What a list has given as `next_cursor`: an id of its own, and a sum."""

    MOST = 110

    def __init__(self, **options: Any) -> None:
        bounds = {"minLength": 1, "maxLength": self.MOST, "pattern": IDENTIFIER}
        super().__init__(metadata={**bounds, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or len(value) > self.MOST or not re.fullmatch(IDENTIFIER[1:-1], value):
            raise ValidationError(_("Give the next_cursor of the page before."))
        return value


class Count(fields.Integer):
    """A whole number between bounds, in a body as a number, in a query as digits."""

    def __init__(self, *, least: int, most: int = MOST_NUMBER, **options: Any) -> None:
        self.least, self.most = least, most
        super().__init__(metadata={"minimum": least, "maximum": most, **options.pop("metadata", {})}, **options)

    def _validated(self, value: Any) -> int:
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            value = int(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid", input=value)
        if not self.least <= value <= self.most:
            raise ValidationError(
                said(_("Give a number from %(least)d to %(most)d."), least=self.least, most=self.most)
            )
        return value


class Choice(fields.String):
    """One of a few words."""

    def __init__(self, words: Iterable[str], **options: Any) -> None:
        self.words = tuple(words)
        super().__init__(metadata={"enum": list(self.words), **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or value not in self.words:
            raise ValidationError(said(_("Give one of: %(words)s."), words=", ".join(self.words)))
        return value


class Flag(fields.Boolean):
    """Yes or no, in a body as true and false, in a query as the same words."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool) and value not in ("true", "false"):
            raise ValidationError(_("Give true or false."))
        return value in (True, "true")


class DayOrMoment(chassis.DayOrMoment):
    """A day, or a time with or without an offset. Without one it is the centre's."""

    FORMATS = ({"type": "string", "format": "date"}, {"type": "string", "format": "date-time"})

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata={"anyOf": list(self.FORMATS), **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> date | datetime:
        if not isinstance(value, str):
            raise ValidationError(_("Give a day or a time in ISO 8601."))
        # "+" reads as a space in a query string that was not quoted
        return super()._deserialize(value.replace(" ", "+"), attr, data, **kwargs)
