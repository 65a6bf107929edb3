"""What notify reads of other services' events, and the words that it offers to the templates.

A kind of news is declared once: the fields that are used (everything else is ignored), which of them name people, and
the texts that a template may use, each made from the fields in the language of the reader. Texts are always strings,
maybe empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, pre_load, validate

from services.chassis.fields import Identifier
from services.chassis.i18n import translate
from services.chassis.period import Period
from services.notify.domain.language import Language, day_in_words, moment_in_words, period_in_words

PACKAGE = "services.notify"

LONGEST_TEXT = 5_000
"""Characters of any one text in an event. The centre's own services take none that is half as long."""

Facts = Mapping[str, Any]
"""What was loaded of an event's data, by field."""


@dataclass(frozen=True)
class Reader:
    """For whom something is put into words: their language, and the zone of the times."""

    language: Language
    zone: ZoneInfo


Word = Callable[[Facts, Reader], str]


@dataclass(frozen=True)
class Kind:
    """fields: name and marshmallow field of each that is used. words: the names that templates may use.

    line: those of the words that tell it in one line, for digests. group: the field with the key under which it is
    gathered with others. starts: the field with the time of what it is about. example: data of such an event.
    """

    fields: Mapping[str, fields.Field[Any]]
    words: Mapping[str, Word]
    example: Mapping[str, Any]
    line: tuple[str, ...] = ()
    group: str | None = None
    starts: str = "start"

    @property
    def offers(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def schema(self) -> type[Schema]:
        """Loads an event's data into News. Data without any of the fields that are used is some other event's, and a
        text beyond LONGEST_TEXT is none that people could be told.
        """

        def refuse(_: Schema, data: Any, **__: Any) -> Any:
            if not isinstance(data, Mapping):
                return data  # which the schema refuses by itself
            if not self.fields.keys() & data.keys():
                raise ValidationError("There is nothing here of what is told of such an event.")
            if too_long := [name for name in self.fields if _longest(data.get(name)) > LONGEST_TEXT]:
                raise ValidationError({name: [f"At most {LONGEST_TEXT} characters."] for name in too_long})
            return data

        def build(_: Schema, data: dict[str, Any], **__: Any) -> News:
            return News(self, data)

        meta = type("Meta", (), {"unknown": EXCLUDE})
        return type(
            "NewsSchema",
            (Schema,),
            {**self.fields, "Meta": meta, "build": post_load(build), "refuse": pre_load(refuse)},
        )


def _longest(value: Any) -> int:
    """Of the texts in a field: itself, or by language."""
    texts = value.values() if isinstance(value, Mapping) else [value]
    return max((len(each) for each in texts if isinstance(each, str)), default=0)


@dataclass(frozen=True)
class News:
    """One event, as far as notify reads it."""

    kind: Kind = field(repr=False)
    facts: Facts

    def people(self, names: tuple[str, ...]) -> frozenset[str]:
        """Who is named in these fields. Nobody for a booking of the centre's courses, or where somebody was erased."""
        found: set[str] = set()
        for name in names:
            named = self.facts.get(name)
            found.update([named] if isinstance(named, str) else named or ())
        return frozenset(found - {""})

    def words(self, language: Language, zone: ZoneInfo) -> Mapping[str, str]:
        """The texts under the names that its kind offers."""
        return {name: word(self.facts, Reader(language, zone)) for name, word in self.kind.words.items()}

    def line(self, language: Language, zone: ZoneInfo) -> str:
        words = self.words(language, zone)
        return " · ".join(text for name in self.kind.line if (text := words[name]))

    @property
    def group_key(self) -> str | None:
        return self.facts.get(self.kind.group) if self.kind.group else None

    @property
    def starts_at(self) -> datetime | None:
        return self.facts.get(self.kind.starts)


class PersonOrNobody(Identifier):
    """A person's id, or nothing where it is nobody in particular."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        return "" if value == "" else super()._deserialize(value, attr, data, **kwargs)


def person(*, required: bool = False) -> fields.Field[Any]:
    return PersonOrNobody(required=True) if required else PersonOrNobody(load_default="", allow_none=True)


def people() -> fields.Field[Any]:
    return fields.List(PersonOrNobody(), load_default=[], allow_none=True)


def maybe(kind: type[fields.Field[Any]], **options: Any) -> fields.Field[Any]:
    """A field that an event may lack."""
    return kind(load_default=None, allow_none=True, **options)


def some_text() -> fields.Field[Any]:
    return maybe(fields.String)


def some_moment() -> fields.Field[Any]:
    return maybe(fields.AwareDateTime, format="iso")


def some_day() -> fields.Field[Any]:
    return maybe(fields.Date)


def names(*, required: bool = True) -> fields.Field[Any]:
    """A name by language."""
    known: dict[str, Any] = {"required": True} if required else {"load_default": dict, "allow_none": True}
    least = validate.Length(min=1 if required else 0)
    return fields.Dict(keys=fields.String(), values=fields.String(), validate=least, **known)


def text(name: str) -> Word:
    return lambda facts, _: str(facts.get(name) or "").strip()


def number(name: str) -> Word:
    """1,234; nothing for nothing and for zero."""
    return lambda facts, _: f"{facts[name]:,}" if facts.get(name) else ""


def named(name: str) -> Word:
    """The name in the reader's language, or as it is called at all."""

    def say(facts: Facts, reader: Reader) -> str:
        known = facts.get(name) or {}
        return str(known.get(reader.language) or next(iter(known.values()), ""))

    return say


def moment(name: str) -> Word:
    def say(facts: Facts, reader: Reader) -> str:
        at: datetime | None = facts.get(name)
        return moment_in_words(at.astimezone(reader.zone), reader.language) if at else ""

    return say


def day(name: str) -> Word:
    def say(facts: Facts, reader: Reader) -> str:
        on: date | None = facts.get(name)
        return day_in_words(on, reader.language) if on else ""

    return say


def span(start: str, end: str) -> Word:
    def say(facts: Facts, reader: Reader) -> str:
        return period_in_words(Period(facts[start], facts[end], reader.zone), reader.language)

    return say


def spans(name: str) -> Word:
    """A line for each of several periods; nothing where there is only one, for that is told already."""

    def say(facts: Facts, reader: Reader) -> str:
        several = facts.get(name) or ()
        if len(several) < 2:
            return ""
        periods = (Period(each["start"], each["end"], reader.zone) for each in several)
        return "\n".join(f"- {period_in_words(period, reader.language)}" for period in periods)

    return say


def code(name: str, meanings: Mapping[str, str]) -> Word:
    """What a code means; one that is not known here yet is told as "other", or not at all."""

    def say(facts: Facts, reader: Reader) -> str:
        known = facts.get(name)
        meaning = meanings.get(known, meanings.get("other")) if known else None
        return translate(PACKAGE, reader.language, meaning, {}) if meaning else ""

    return say


def flag(name: str) -> Word:
    """ "yes" or nothing, for an "if" in a template."""
    return lambda facts, _: "yes" if facts.get(name) else ""
