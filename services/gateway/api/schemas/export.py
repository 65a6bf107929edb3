"""All data that Madang stores about a person."""

from __future__ import annotations

from marshmallow import fields

from services.booking.contract.people import BookingExport
from services.chassis.contract_schemas import answer_schema
from services.gateway.api.schemas.bases import Answer


class Export(Answer):
    """By part of Madang."""

    booking = fields.Nested(answer_schema(BookingExport), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
