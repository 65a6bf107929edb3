"""Spaces, their timeline, and the search for a free one."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.fields import Day, Moment
from services.gateway.api.fields import Count
from services.gateway.api.schemas.bases import Answer, EndsAfterItStarts, Refusal
from services.gateway.api.schemas.bookings import MOST_ATTENDEES, STATUSES


class ShowTimeline(EndsAfterItStarts):
    """Days in the centre's zone."""

    start = Day(required=True, data_key="from", metadata={"description": "The first day"})
    end = Day(required=True, data_key="to", metadata={"description": "The day after the last one"})


class SearchAvailability(EndsAfterItStarts):
    start = Moment(required=True)
    end = Moment(required=True)
    attendees = Count(least=1, most=MOST_ATTENDEES)


class Space(Answer):
    """rooms: the rooms that it occupies; several for one that is made of others."""

    id = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "In the caller's language"})
    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    capacity = fields.Integer(required=True)
    rooms = fields.List(fields.String(), required=True)
    buffer_minutes = fields.Integer(required=True)
    walk_in = fields.Boolean(required=True)


class SpaceList(Answer):
    items = fields.List(fields.Nested(Space), required=True)


class TimelineEntry(Answer):
    """booking_id and title: for staff and for whom the booking is."""

    space_id = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": list(STATUSES)})
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    held_from = fields.AwareDateTime(required=True)
    held_until = fields.AwareDateTime(required=True)
    booking_id = fields.String(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True)


class TimelineDay(Answer):
    date = fields.Date(required=True)
    opens = fields.AwareDateTime(required=True, allow_none=True)
    closes = fields.AwareDateTime(required=True, allow_none=True)
    holiday = fields.String(required=True, allow_none=True)
    entries = fields.List(fields.Nested(TimelineEntry), required=True)


class Timeline(Answer):
    space_id = fields.String(required=True)
    zone = fields.String(required=True)
    days = fields.List(fields.Nested(TimelineDay), required=True)


class Availability(Answer):
    space = fields.Nested(Space, required=True)
    available = fields.Boolean(required=True)
    refusals = fields.List(fields.Nested(Refusal), required=True)


class AvailabilityList(Answer):
    items = fields.List(fields.Nested(Availability), required=True)
