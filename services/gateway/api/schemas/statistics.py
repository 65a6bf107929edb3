"""How the spaces were used."""

from __future__ import annotations

from typing import Any

from dateutil.relativedelta import relativedelta
from marshmallow import ValidationError, fields, validates_schema

from services.chassis.fields import Day
from services.chassis.i18n import msgid as _
from services.gateway.api.fields import said
from services.gateway.api.schemas.bases import Answer, Incoming, require_order
from services.gateway.api.schemas.bookings import FIELDS

MOST_YEARS = 2
MONTH = {"pattern": r"^[0-9]{4}-[0-9]{2}$", "examples": ["2020-03"]}


class FindStatistics(Incoming):
    """Days in the centre's zone."""

    start = Day(required=True, data_key="from", metadata={"description": "The first day"})
    end = Day(required=True, data_key="to", metadata={"description": "The day after the last one"})

    @validates_schema
    def in_bounds(self, data: dict[str, Any], **_options: Any) -> None:
        require_order(data["start"], data["end"])
        if data["end"] > data["start"] + relativedelta(years=MOST_YEARS):
            raise ValidationError(said(_("At most %(years)d years after the start."), years=MOST_YEARS), "to")


class SpaceMonth(Answer):
    """The bookings of one space in one month and field, each in the month in which it begins, and in one number.

    bookings: approved ones and those that took place. attendees and hours: of these alone; hours: on the month's days.
    """

    space_id = fields.String(required=True)
    month = fields.String(required=True, metadata=MONTH)
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    bookings = fields.Integer(required=True)
    attendees = fields.Integer(required=True)
    hours = fields.Float(required=True)
    pending = fields.Integer(required=True)
    cancelled = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    expired = fields.Integer(required=True)
    no_shows = fields.Integer(required=True)


class Utilisation(Answer):
    """How much of a month a space was in use, for whatever space. utilisation: hours / open_hours; null when the centre
    was never open; above 1 when it was used beyond its hours.
    """

    space_id = fields.String(required=True)
    month = fields.String(required=True, metadata=MONTH)
    hours = fields.Float(required=True)
    open_hours = fields.Float(required=True)
    utilisation = fields.Float(required=True, allow_none=True)


class WalkInMonth(Answer):
    space_id = fields.String(required=True)
    month = fields.String(required=True, metadata=MONTH)
    came = fields.Integer(required=True)


class Statistics(Answer):
    """rows: what there is, by month, space and field. utilisation: every space in every month."""

    start = fields.Date(required=True)
    end = fields.Date(required=True)
    zone = fields.String(required=True)
    rows = fields.List(fields.Nested(SpaceMonth), required=True)
    utilisation = fields.List(fields.Nested(Utilisation), required=True)
    walk_ins = fields.List(fields.Nested(WalkInMonth), required=True)
