"""What outside services ask to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

from services.chassis.fields import Identifier, Moment, Paragraphs
from services.notify.domain.language import Language
from services.notify.domain.message import Category
from services.notify.schemas.texts import KEY, LONGEST_WORD, MOST_NAMES, NAME

MOST_PEOPLE = 1000


@dataclass(frozen=True)
class RequestedNotification:
    """words: by the template's names, each by language. send_at: not before then."""

    person_ids: tuple[str, ...]
    template: str
    words: Mapping[str, Mapping[Language, str]]
    category: Category
    send_at: datetime | None

    def words_in(self, language: Language) -> Mapping[str, str]:
        """What is not there in the language is told in the one that is."""
        return {name: texts.get(language) or next(iter(texts.values())) for name, texts in self.words.items()}


class TextByLanguage(fields.Field[Mapping[Language, str]]):
    """A text for everybody, or one for each language."""

    _text = Paragraphs(max=LONGEST_WORD, min=0)
    _texts = fields.Dict(
        keys=fields.Enum(Language, by_value=True), values=_text, validate=validate.Length(min=1, max=len(Language))
    )

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Mapping[Language, str]:
        if isinstance(value, str):
            text = self._text.deserialize(value)
            return dict.fromkeys(Language, text)
        if not isinstance(value, Mapping):
            raise ValidationError("Give a text, or one by language.")
        return self._texts.deserialize(value)


class RequestedNotificationSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    person_ids = fields.List(Identifier(), required=True, validate=validate.Length(min=1, max=MOST_PEOPLE))
    template = fields.String(required=True, validate=validate.Regexp(KEY))
    words = fields.Dict(
        keys=fields.String(validate=validate.Regexp(NAME)),
        values=TextByLanguage(),
        required=True,
        validate=validate.Length(max=MOST_NAMES),
    )
    category = fields.Enum(Category, by_value=True, load_default=Category.SERVICE)
    send_at = Moment(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RequestedNotification:
        return RequestedNotification(**{**data, "person_ids": tuple(dict.fromkeys(data["person_ids"]))})
