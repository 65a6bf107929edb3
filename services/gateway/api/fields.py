"""marshmallow fields whose bounds stand in the OpenAPI document word for word, and whose messages are msgids.

Their messages are put into the caller's language where problems are made (problems.py); a message with numbers in it is
made here, in the language of the request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask import g, has_request_context
from marshmallow import ValidationError, fields

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
