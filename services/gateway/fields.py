"""marshmallow fields that check what the interface takes and what a login says of a person.

Their bounds stand in the OpenAPI document word for word. Their messages are msgids, which are put into the caller's
language where problems are made (problems.py). A message with numbers in it is made here, in the request's language.
"""

from __future__ import annotations

import re
from typing import Any

from flask import g, has_request_context
from marshmallow import ValidationError, fields

from services.chassis.fields import Identifier, Line
from services.chassis.i18n import msgid as _
from services.gateway import language

IDENTIFIER = r"^[!-~가-힣]+$"
ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
LANGUAGE = r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"


def said(message: str, **details: Any) -> str:
    """Put a message into the language of the request; outside of a request, into English."""
    return language.text(g.context.locale if has_request_context() else "en", message, **details)


class Text(Line):
    """One line for people. Its length and characters are checked before spaces are trimmed away."""

    pattern = ONE_LINE
    controls = re.compile(r"[\x00-\x1f\x7f-\x9f]")

    def __init__(self, *, most: int, least: int = 1, **options: Any) -> None:
        metadata = {"pattern": self.pattern, **options.pop("metadata", {})}
        super().__init__(max=most, min=least, metadata=metadata, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if isinstance(value, str):
            if not self.min <= len(value) <= self.max:
                raise ValidationError(said(_("Give %(least)d to %(most)d characters."), least=self.min, most=self.max))
            if self.controls.search(value):
                raise ValidationError(_("Control characters are not allowed."))
        return super()._deserialize(value, attr, data, **kwargs)


class Matching(Text):
    """Text that matches a pattern."""

    def __init__(self, pattern: str, message: str, **options: Any) -> None:
        self._pattern, self._message = re.compile(pattern.strip("^$")), message
        super().__init__(metadata={"pattern": pattern, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not self._pattern.fullmatch(value):
            raise ValidationError(said(self._message))
        return text


class Id(Identifier):
    """An id: visible ASCII and Hangul, no spaces."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata={"pattern": IDENTIFIER, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if isinstance(value, str) and not re.fullmatch(IDENTIFIER[1:-1], value):
            raise ValidationError(_("This cannot be an id."))
        return super()._deserialize(value, attr, data, **kwargs)


class Language(Matching):
    """A language tag, as in BCP 47. Readers of neither Korean nor English are answered in English."""

    def __init__(self, **options: Any) -> None:
        super().__init__(LANGUAGE, _("Give a language tag like ko, en or zh-CN."), least=2, most=10, **options)


class Several(fields.List[Any]):
    """A list with bounds for its length, without repeated values."""

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
