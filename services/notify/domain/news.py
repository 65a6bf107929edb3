"""What notify reads of other services' events, and the words that it offers to the templates.

Each kind of news is three things side by side: the fields that are used (a tolerant schema: everything else is
ignored), the frozen value that they load into, and the texts that a template may name: always strings, maybe empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, Protocol
from zoneinfo import ZoneInfo

from marshmallow import EXCLUDE, Schema, post_load
from marshmallow import fields as schema_fields

from services.chassis.fields import Identifier
from services.chassis.i18n import msgid as _
from services.chassis.i18n import translate
from services.chassis.period import Period
from services.notify.domain.language import Language, period_in_words

PACKAGE = "services.notify"


class News(Protocol):
    """`offers`: the names that a template may use."""

    offers: ClassVar[frozenset[str]]

    def words(self, language: Language, zone: ZoneInfo) -> Mapping[str, str]:
        """The texts under the names in `offers`."""


REJECT_REASONS = {
    "forbidden_purpose": _("The centre is not open to political or religious events or to commercial gain."),
    "incomplete": _("The application lacks something that the centre needs to know."),
    "unsuitable_space": _("The space does not suit what you plan."),
    "centre_needs_it": _("The centre needs the space itself at that time."),
    "other": _("The centre cannot offer the space for this."),
}


@dataclass(frozen=True)
class BookingWords:
    """space: its name. when: day and hours. reason: of a rejection. note: what staff wrote to it."""

    space: str
    title: str
    when: str
    reason: str
    note: str


@dataclass(frozen=True)
class BookingNews:
    """A booking, as it is after the event that tells of it. space_names: by language."""

    requester_id: str
    space_names: Mapping[str, str]
    title: str
    start: datetime
    end: datetime
    reason_code: str | None
    note: str | None

    offers: ClassVar[frozenset[str]] = frozenset(each.name for each in fields(BookingWords))

    def words(self, language: Language, zone: ZoneInfo) -> Mapping[str, str]:
        return asdict(
            BookingWords(
                space=self.space_names.get(language) or next(iter(self.space_names.values())),
                title=self.title,
                when=period_in_words(Period(self.start, self.end, zone), language),
                reason=reason_in_words(self.reason_code, language),
                note=(self.note or "").strip(),
            )
        )


def reason_in_words(code: str | None, language: Language) -> str:
    """A code that is not known here yet is told as "other"."""
    if code is None:
        return ""
    return translate(PACKAGE, language, REJECT_REASONS.get(code, REJECT_REASONS["other"]), {})


class BookingNewsSchema(Schema):
    """The part of booking's events (services/booking/events.py, version 1) that notify uses."""

    class Meta:
        unknown = EXCLUDE

    requester_id = Identifier(required=True)
    space_names = schema_fields.Dict(
        keys=schema_fields.String(), values=schema_fields.String(), required=True, validate=bool
    )
    title = schema_fields.String(required=True)
    start = schema_fields.AwareDateTime(format="iso", required=True)
    end = schema_fields.AwareDateTime(format="iso", required=True)
    reason_code = schema_fields.String(load_default=None, allow_none=True)
    note = schema_fields.String(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> BookingNews:
        return BookingNews(**data)
