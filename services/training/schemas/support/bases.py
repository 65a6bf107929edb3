"""What the schemas of the support work share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from marshmallow import EXCLUDE, Schema, fields, post_load, validate

from services.centre.vocabulary import Field
from services.chassis.fields import Identifier

MOST_WON = 10**12
MOST_PEOPLE = 100_000
MOST_MINUTES = 24 * 60


class Loads(Schema):
    """Loads into `made`, a frozen dataclass that a use case takes."""

    made: ClassVar[type]

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        return self.made(**data)


class Heard(Loads):
    """What is read of an event. What else it says is passed over."""

    class Meta:
        unknown = EXCLUDE


class PageSchema(Loads):
    limit = fields.Integer(load_default=30, validate=validate.Range(min=1, max=100))
    cursor = Identifier(load_default=None, allow_none=True)


@dataclass(frozen=True)
class FindPage:
    limit: int
    cursor: str | None


class FindPageSchema(PageSchema):
    made = FindPage


class NothingSchema(Schema):
    """A call without arguments."""


def optional_id() -> Identifier:
    return Identifier(load_default=None, allow_none=True)


def field_of_work(default: Field = Field.BOTH) -> fields.Enum[Field]:
    return fields.Enum(Field, by_value=True, load_default=default)


def whole(least: int, most: int, **options: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(min=least, max=most), **options)


# --- answers


def text(**options: Any) -> fields.String:
    return fields.String(required=True, **options)


def maybe_text() -> fields.String:
    return fields.String(required=True, allow_none=True)


def moment(*, maybe: bool = False) -> fields.AwareDateTime:
    return fields.AwareDateTime(format="iso", required=True, allow_none=maybe)


def day(*, maybe: bool = False) -> fields.Date:
    return fields.Date(required=True, allow_none=maybe)


def number(*, maybe: bool = False) -> fields.Integer:
    return fields.Integer(required=True, allow_none=maybe)


def load_number() -> fields.Integer:
    """Shown as `load`, a name that marshmallow's schemas have for something else."""
    return fields.Integer(required=True, attribute="load", data_key="load")


def page_of(item: type[Schema]) -> type[Schema]:
    """The schema of a page of items."""
    return Schema.from_dict(
        {
            "items": fields.List(fields.Nested(item), required=True),
            "next_cursor": fields.String(required=True, allow_none=True),
        },
        name=f"{item.__name__}Page",
    )
