"""What every part of the interface shares."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validates_schema

from services.chassis import answers
from services.chassis.contract_schemas import answer_schema
from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Count, Cursor, said

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
    cursor = Cursor(metadata={"description": "`next_cursor` of the page before"})


class EndsAfterItStarts(Incoming):
    """For schemas with `start` and `end`, of which one may be left out where the schema allows it."""

    @validates_schema
    def ends_after_it_starts(self, data: dict[str, Any], **_options: Any) -> None:
        if not {"start", "end"} <= data.keys():
            return
        name = self.fields["end"].data_key or "end"
        if data["end"] <= data["start"]:
            raise ValidationError(_("This must be after the start."), name)
        if data["end"] - data["start"] > LONGEST:
            raise ValidationError(said(_("At most %(days)d days after the start."), days=LONGEST.days), name)


def require_order(start: date | datetime | None, to: date | datetime | None) -> None:
    """Where the two are of one kind; a day, a local time and a time with an offset are for the service to compare.

    Raises ValidationError for `to`.
    """
    if start is not None and to is not None and _kind(start) == _kind(to) and to <= start:
        raise ValidationError(_("This must be after the start."), "to")


def _kind(at: date | datetime) -> tuple[bool, bool]:
    return isinstance(at, datetime), isinstance(at, datetime) and at.tzinfo is not None


Refusal = answer_schema(answers.Refusal)


class Alternative(Answer):
    """What could be had instead: another space, a near time, or less equipment. `dates`: of every booking of a series,
    at the times of the first one, from `start` to `end`.
    """

    space_id = fields.String(required=True)
    space_names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    dates = fields.List(fields.Date(), required=True)
    equipment = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class Problem(Answer):
    """RFC 9457."""

    type = fields.String(required=True, metadata={"examples": ["urn:madang:problem:slot_taken"]})
    title = fields.String(required=True, metadata={"examples": ["처리할 수 없습니다"]})
    status = fields.Integer(required=True, metadata={"examples": [409]})
    detail = fields.String(required=True, metadata={"examples": ["이미 다른 분이 신청한 시간입니다."]})
    code = fields.String(required=True, metadata={"examples": ["slot_taken"]})
    refusals = fields.List(fields.Nested(Refusal))
    alternatives = fields.List(
        fields.Nested(Alternative), metadata={"description": "The nearest first; only where something else would do"}
    )
    errors = fields.Dict(metadata={"description": "Messages by field"})
    correlation_id = fields.String(required=True)
