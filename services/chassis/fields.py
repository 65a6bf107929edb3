"""marshmallow fields for what crosses every boundary: text that a database can keep, identifiers, aware times.

They refuse what would fail later and less clearly: control characters, half of a surrogate pair, times without an
offset.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from marshmallow import ValidationError, fields

from services.chassis.i18n import msgid as _

YEARS = range(2000, 2200)


IDENTIFIER = r"^[!-~가-힣]+$"
ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
_DIGITS = re.compile(r"-?[0-9]{1,18}")
_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")


def wrong(message: str, **details: Any) -> ValidationError:
    """Refuse a value. message: a msgid with places for the details; it is put into words at the edge (errors.py)."""
    return ValidationError([{"message": message, "details": details}] if details else message)


def wrong_at(field: str, message: str, **details: Any) -> ValidationError:
    """Refuse the value of a field that does not go with the others. Arguments as of `wrong`."""
    return ValidationError([{"message": message, "details": details}] if details else [message], field)


class Line(fields.String):
    """One line of text for people, trimmed, in NFC. max, min: characters, before and after."""

    pattern = ONE_LINE
    allowed_controls = ""

    def __init__(self, *, max: int, min: int = 1, **options: Any) -> None:
        self.min, self.max = min, max
        bounds = {"minLength": min, "maxLength": max, "pattern": self.pattern}
        super().__init__(metadata={**bounds, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        given: str = super()._deserialize(value, attr, data, **kwargs)
        text = unicodedata.normalize("NFC", given).strip()
        if not self.min <= len(text) or len(given) > self.max:
            raise wrong(_("Give %(min)d to %(max)d characters."), min=self.min, max=self.max)
        if any(unicodedata.category(each) in {"Cc", "Cs"} and each not in self.allowed_controls for each in given):
            raise wrong(_("Control characters are not allowed."))
        return text


class Paragraphs(Line):
    """Like Line, with line breaks and tabs."""

    pattern = LINES
    allowed_controls = "\n\r\t"


class HeaderLine(Line):
    """A line that may stand in the header of a mail: no line break of any program, U+2028 and U+2029 included."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if any(unicodedata.category(each) in {"Zl", "Zp"} for each in text):
            raise wrong(_("Control characters are not allowed."))
        return text


class Matching(Line):
    """A line of one form. pattern: for the whole line, "^...$". message: msgid of what to give instead."""

    def __init__(self, pattern: str, message: str, *, max: int, min: int = 1, **options: Any) -> None:
        self._compiled, self._message = re.compile(pattern.removeprefix("^").removesuffix("$")), message
        super().__init__(max=max, min=min, metadata={"pattern": pattern, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not self._compiled.fullmatch(value):
            raise wrong(self._message)
        return text


class LanguageTag(Matching):
    """A language tag as in BCP 47; "_" is taken for "-"."""

    def __init__(self, **options: Any) -> None:
        message = _("Give a language tag like ko, en or zh-CN.")
        super().__init__(r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$", message, max=10, min=2, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        return super()._deserialize(value, attr, data, **kwargs).replace("_", "-")


class Identifier(fields.String):
    """An id, ours or somebody else's: 1 to 100 characters of visible ASCII and Hangul."""

    def __init__(self, **options: Any) -> None:
        bounds = {"minLength": 1, "maxLength": 100, "pattern": IDENTIFIER}
        super().__init__(metadata={**bounds, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if len(text) > 100 or not re.fullmatch(IDENTIFIER[1:-1], text):
            raise wrong(_("This cannot be an id."))
        return text


class Cursor(fields.String):
    """Cursor of a list, as its previous page gave it: an id and perhaps a checksum."""

    max = 110

    def __init__(self, **options: Any) -> None:
        bounds = {"minLength": 1, "maxLength": self.max, "pattern": IDENTIFIER}
        super().__init__(metadata={**bounds, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or len(value) > self.max or not re.fullmatch(IDENTIFIER[1:-1], value):
            raise wrong(_("Give the next_cursor of the page before."))
        return value


class Whole(fields.Integer):
    """A whole number between bounds, in JSON as a number, in a query as digits."""

    def __init__(self, min: int, max: int, **options: Any) -> None:
        self.min, self.max = min, max
        super().__init__(metadata={"minimum": min, "maximum": max, **options.pop("metadata", {})}, **options)

    def _validated(self, value: Any) -> int:
        if isinstance(value, str) and _DIGITS.fullmatch(value):
            value = int(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid", input=value)
        if not self.min <= value <= self.max:
            raise wrong(_("Give a number from %(min)d to %(max)d."), min=self.min, max=self.max)
        return value


class Points(fields.Decimal):
    """Points with at most two decimals, in JSON as a number. Text from a form is read, too. Loads as a Decimal."""

    def __init__(self, min: int, max: int, **options: Any) -> None:
        self.min, self.max = min, max
        super().__init__(metadata={"minimum": min, "maximum": max, **options.pop("metadata", {})}, **options)

    def _validated(self, value: Any) -> Decimal:
        is_number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
        if not is_number and not (isinstance(value, str) and _DECIMAL.fullmatch(value)):
            raise self._out_of_bounds()
        points: Decimal = super()._validated(value)
        if not self.min <= points <= self.max:
            raise self._out_of_bounds()
        if points != round(points, 2):
            raise wrong(_("Give at most two decimals."))
        return points

    def _serialize(self, value: Decimal | None, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return float(value) if value is not None else None

    def _out_of_bounds(self) -> ValidationError:
        return wrong(_("Give a number from %(min)d to %(max)d."), min=self.min, max=self.max)


class Choice(fields.String):
    """A member of a vocabulary, by its value. words: the vocabulary, or those of its members that may be chosen.

    listed: whether the OpenAPI document names the members.
    """

    def __init__(self, words: Iterable[StrEnum], *, listed: bool = True, **options: Any) -> None:
        self.words = {each.value: each for each in words}
        known = {"enum": list(self.words)} if listed else {}
        super().__init__(metadata={**known, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str) or value not in self.words:
            raise wrong(_("Give one of: %(words)s."), words=", ".join(self.words))
        return self.words[value]


class Flag(fields.Boolean):
    """Yes or no, in JSON as true and false, in a query as the same words."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool) and value not in ("true", "false"):
            raise wrong(_("Give true or false."))
        return value in (True, "true")


class Items(fields.List[Any]):
    """A list of at least and at most so many items. In a contract the list's type says which."""

    def __init__(self, each: fields.Field[Any] | None = None, *, max: int, min: int = 0, **options: Any) -> None:
        self.min, self.max = min, max
        bounds = {**({"minItems": min} if min else {}), "maxItems": max}
        super().__init__(each or fields.String(), metadata={**options.pop("metadata", {}), **bounds}, **options)

    def of(self, each: fields.Field[Any]) -> Self:
        return type(self)(each, max=self.max, min=self.min)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> list[Any]:
        items = super()._deserialize(value, attr, data, **kwargs)
        if len(items) < self.min:
            raise wrong(_("At least %(min)d."), min=self.min)
        if len(items) > self.max:
            raise wrong(_("At most %(max)d."), max=self.max)
        return items


class Several(Items):
    """Like Items, with different items."""

    def __init__(self, each: fields.Field[Any] | None = None, *, max: int, min: int = 0, **options: Any) -> None:
        bounds = {"minItems": min, "maxItems": max, "uniqueItems": True}
        super().__init__(each, max=max, min=min, metadata={**bounds, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> list[Any]:
        items = super()._deserialize(value, attr, data, **kwargs)
        if any(each in items[:number] for number, each in enumerate(items)):
            raise wrong(_("Give each of them once."))
        return items


class ById(fields.Dict):
    """At most so many values by id, or by names of another kind. In a contract the dictionary's type says which values.

    keys: field of the names.
    """

    def __init__(
        self,
        each: fields.Field[Any] | None = None,
        *,
        max: int,
        keys: fields.Field[Any] | None = None,
        **options: Any,
    ) -> None:
        self.max, self.keys = max, keys or Identifier()
        metadata = {"maxProperties": max, **options.pop("metadata", {})}
        super().__init__(keys=self.keys, values=each or fields.String(), metadata=metadata, **options)

    def of(self, each: fields.Field[Any]) -> Self:
        return type(self)(each, max=self.max, keys=self.keys)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> dict[str, Any]:
        values: dict[str, Any] = super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]
        if len(values) > self.max:
            raise wrong(_("At most %(max)d."), max=self.max)
        return values


class Moment(fields.AwareDateTime):
    """An aware time between 2000 and 2200, ISO 8601 with its offset."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> datetime:
        # "+" reads as a space in a query string that was not quoted
        moment = super()._deserialize(
            value.replace(" ", "+") if isinstance(value, str) else value, attr, data, **kwargs
        )
        try:
            utc = moment.astimezone(UTC)
        except OverflowError as error:
            raise ValidationError("This time is out of range.") from error
        if utc.year not in YEARS:
            raise ValidationError("This time is out of range.")
        return utc


class Day(fields.Date):
    """A day between 2000 and 2200."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> date:
        day = super()._deserialize(value, attr, data, **kwargs)
        if day.year not in YEARS:
            raise ValidationError("This day is out of range.")
        return day


class WallClock(fields.Time):
    """A time of day as a clock on the wall shows it, HH:MM."""

    pattern = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"

    def __init__(self, **options: Any) -> None:
        bounds = {"minLength": 5, "maxLength": 5, "pattern": self.pattern}
        super().__init__(format="%H:%M", metadata={**bounds, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> time:
        if not isinstance(value, str) or not re.fullmatch(self.pattern[1:-1], value):
            raise wrong(_("Give a time of day like 22:00."))
        return time.fromisoformat(value)


class DayOrMoment(fields.Field[date | datetime]):
    """A day, or a time with or without an offset, between 2000 and 2200, ISO 8601. Loads as what it is."""

    FORMATS = ({"type": "string", "format": "date"}, {"type": "string", "format": "date-time"})

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata={"anyOf": list(self.FORMATS), **options.pop("metadata", {})}, **options)

    def _serialize(self, value: date | datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return value.isoformat() if value is not None else None

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> date | datetime:
        if isinstance(value, (date, datetime)):
            value = value.isoformat()
        if not isinstance(value, str):
            raise ValidationError(_("Give a day or a time in ISO 8601."))
        text = value.replace(" ", "+")  # "+" reads as a space in a query string that was not quoted
        try:
            at = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
        except ValueError as error:
            raise ValidationError(_("Give a day or a time in ISO 8601.")) from error
        if at.year not in YEARS:
            raise ValidationError("This is out of range.")
        return at


class Zone(fields.String):
    """The name of an IANA time zone; loads as a ZoneInfo."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        name = super()._deserialize(value, attr, data, **kwargs)
        try:
            return ZoneInfo(name)
        except (
            ZoneInfoNotFoundError,
            ValueError,
            OSError,
        ) as error:  # zones are files: of a name too long, or a folder
            raise ValidationError("There is no such time zone.") from error


Id = Annotated[str, Identifier()]
Json = Annotated[dict[str, Any], fields.Dict()]
"""An object that nobody but its reader knows the names of."""
