"""marshmallow fields whose bounds stand in the OpenAPI document word for word, and whose messages are msgids.

Their messages are put into the caller's language where problems are made (problems.py); a message with numbers in it is
made here, in the language of the request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask import g, has_request_context
from marshmallow import ValidationError, fields

from services.chassis import fields as chassis
from services.chassis.fields import Identifier, Line, Paragraphs
from services.chassis.i18n import msgid as _
from services.gateway import language

MOST_NUMBER = 2**31 - 1
IDENTIFIER = r"^[!-~가-힣]+$"
ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
_NUMBER = re.compile(r"-?[0-9]{1,10}")


def said(message: str, **details: Any) -> str:
    """A message in the language of the request; outside of one, in English."""
    return language.text(g.context.locale if has_request_context() else "en", message, **details)


class Text(Line):
    """One line for people. What is refused is refused before anything is trimmed away."""

    pattern = ONE_LINE
    controls = re.compile(r"[\x00-\x1f\x7f-\x9f]")

    def __init__(self, *, most: int, least: int = 1, **options: Any) -> None:
        metadata = {"pattern": self.pattern, **options.pop("metadata", {})}
        super().__init__(most=most, least=least, metadata=metadata, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if isinstance(value, str):
            if not self.least <= len(value) <= self.most:
                raise ValidationError(
                    said(_("Give %(least)d to %(most)d characters."), least=self.least, most=self.most)
                )
            if self.controls.search(value):
                raise ValidationError(_("Control characters are not allowed."))
        return super()._deserialize(value, attr, data, **kwargs)


class Prose(Text):
    """Text with line breaks."""

    pattern = LINES
    controls = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
    allowed_controls = Paragraphs.allowed_controls


class Id(Identifier):
    """The id of something: visible ASCII and Hangul, no spaces."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata={"pattern": IDENTIFIER, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if isinstance(value, str) and not re.fullmatch(IDENTIFIER[1:-1], value):
            raise ValidationError(_("This cannot be an id."))
        return super()._deserialize(value, attr, data, **kwargs)


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


class Several(fields.List[Any]):
    """At least and at most so many, none of them twice."""

    def __init__(self, each: fields.Field[Any], *, most: int, least: int = 0, **options: Any) -> None:
        self._least, self._most = least, most
        metadata = {"minItems": least, "maxItems": most, "uniqueItems": True, **options.pop("metadata", {})}
        super().__init__(each, metadata=metadata, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> list[Any]:
        found = super()._deserialize(value, attr, data, **kwargs)
        if len(found) < self._least:
            raise ValidationError(said(_("At least %(least)d."), least=self._least))
        if len(found) > self._most:
            raise ValidationError(said(_("At most %(most)d."), most=self._most))
        if len(set(found)) < len(found):
            raise ValidationError(_("Give each of them once."))
        return found
