"""The public-private network."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.fields import Day, Moment
from services.gateway.api.fields import Choice, Id, Prose, Several, Text
from services.gateway.api.schemas.bases import Answer, Incoming, Page
from services.gateway.api.schemas.bookings import FIELDS
from services.gateway.api.schemas.consulting import FIELD

SIDES = ("public", "private")
ACTION_STATUSES = ("open", "done")
MOST_MEMBERS = 500


class NewMember(Incoming):
    name = Text(most=200, required=True)
    side = Choice(SIDES, required=True)
    field = Choice(FIELDS, metadata={"description": FIELD, "default": "both"})
    area = Text(most=100, least=0)
    person_id = Id(allow_none=True, metadata={"description": "Who comes for it"})
    joined_on = Day(allow_none=True, metadata={"description": "By default today"})


class FindMembers(Page):
    side = Choice(SIDES)


class NewMeeting(Incoming):
    title = Text(most=200, required=True)
    field = Choice(FIELDS, metadata={"description": FIELD, "default": "both"})
    held_at = Moment(required=True)
    place = Text(most=200, least=0)
    member_ids = Several(Id(), most=MOST_MEMBERS, metadata={"description": "Who was there"})
    minutes = Prose(most=20_000, least=0)


class NewAction(Incoming):
    title = Text(most=200, required=True)
    owner_id = Id(required=True, metadata={"description": "The person who has to act; told when it is due"})
    owner_name = Text(most=200, least=0)
    due_on = Day(required=True)
    meeting_id = Id(allow_none=True, metadata={"description": "Where it was agreed"})


class FindActions(Page):
    status = Choice(ACTION_STATUSES)
    meeting_id = Id()
    owner_id = Id()


class Member(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)
    side = fields.String(required=True, metadata={"enum": list(SIDES)})
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    area = fields.String(required=True)
    person_id = fields.String(required=True, allow_none=True)
    joined_on = fields.Date(required=True)


class MemberPage(Answer):
    items = fields.List(fields.Nested(Member), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Meeting(Answer):
    id = fields.String(required=True)
    title = fields.String(required=True)
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    held_at = fields.AwareDateTime(required=True)
    place = fields.String(required=True)
    member_ids = fields.List(fields.String(), required=True)
    minutes = fields.String(required=True)


class MeetingPage(Answer):
    items = fields.List(fields.Nested(Meeting), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class ActionItem(Answer):
    id = fields.String(required=True)
    meeting_id = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    owner_id = fields.String(required=True)
    owner_name = fields.String(required=True)
    due_on = fields.Date(required=True)
    status = fields.String(required=True, metadata={"enum": list(ACTION_STATUSES)})
    reminded_at = fields.AwareDateTime(required=True, allow_none=True)
    done_at = fields.AwareDateTime(required=True, allow_none=True)
    version = fields.Integer(required=True)


class ActionPage(Answer):
    items = fields.List(fields.Nested(ActionItem), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
