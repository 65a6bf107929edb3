"""marshmallow fields for what crosses every boundary: text that a database can keep, identifiers, aware times.

They refuse what would fail later and less clearly: control characters, half of a surrogate pair, times without an
offset.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from marshmallow import ValidationError, fields

YEARS = range(2000, 2200)


class Line(fields.String):
    """One line of text for people, trimmed, in NFC, of `least` to `most` characters."""

    def __init__(self, *, most: int, least: int = 1, **options: Any) -> None:
        self.least, self.most = least, most
        super().__init__(metadata={"minLength": least, "maxLength": most, **options.pop("metadata", {})}, **options)

    allowed_controls = ""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text = unicodedata.normalize("NFC", super()._deserialize(value, attr, data, **kwargs)).strip()
        if not self.least <= len(text) <= self.most:
            raise ValidationError(f"Give {self.least} to {self.most} characters.")
        if any(unicodedata.category(each) in {"Cc", "Cs"} and each not in self.allowed_controls for each in text):
            raise ValidationError("Control characters are not allowed.")
        return text


class Paragraphs(Line):
    """Like Line, with line breaks and tabs."""

    allowed_controls = "\n\r\t"


class Identifier(fields.String):
    """The id of something, ours or somebody else's: 1 to 100 characters without spaces or controls."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata={"minLength": 1, "maxLength": 100, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not 1 <= len(text) <= 100 or not text.isprintable() or " " in text:
            raise ValidationError("This cannot be an id.")
        return text


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


class DayOrMoment(fields.Field[date | datetime]):
    """A day, or a time with or without an offset, between 2000 and 2200, ISO 8601. Loads as what it is."""

    def _serialize(self, value: date | datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return value.isoformat() if value is not None else None

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> date | datetime:
        if isinstance(value, (date, datetime)):
            value = value.isoformat()
        try:
            at = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise ValidationError("Give a day or a time in ISO 8601.") from error
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
