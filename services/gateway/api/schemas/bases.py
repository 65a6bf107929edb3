"""What every part of the interface shares."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validates_schema

from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Count, Id, said

LONGEST = timedelta(days=31)


class Incoming(Schema):
    """What is taken: nothing that is not named here."""

    class Meta:
        unknown = RAISE


class Answer(Schema):
    """What is given, for the document: the services' answers go out as they are."""


class Nothing(Incoming):
    """A request without a body, or with an empty object."""


class Limited(Incoming):
    limit = Count(least=1, most=100, metadata={"description": "At most so many items", "default": 30})


class Page(Limited):
    cursor = Id(metadata={"description": "`next_cursor` of the page before"})


class EndsAfterItStarts(Incoming):
    """For schemas with `start` and `end`."""

    @validates_schema
    def ends_after_it_starts(self, data: dict[str, Any], **_options: Any) -> None:
        name = self.fields["end"].data_key or "end"
        if data["end"] <= data["start"]:
            raise ValidationError(_("This must be after the start."), name)
        if data["end"] - data["start"] > LONGEST:
            raise ValidationError(said(_("At most %(days)d days after the start."), days=LONGEST.days), name)


class Refusal(Answer):
    code = fields.String(required=True, metadata={"description": "Stable; programs decide by it"})
    message = fields.String(required=True, metadata={"description": "In the caller's language"})
    details = fields.Dict(required=True)


class Problem(Answer):
    """RFC 9457."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True)
    refusals = fields.List(fields.Nested(Refusal))
    alternatives = fields.List(fields.Dict())
    errors = fields.Dict(metadata={"description": "Messages by field"})
    correlation_id = fields.String(required=True)
