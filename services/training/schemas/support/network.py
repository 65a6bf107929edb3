"""The network: commands and questions in, answers out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Line, Moment, Paragraphs
from services.training.domain.support.field import Field
from services.training.domain.support.network import Side, Status
from services.training.schemas.support import bases
from services.training.schemas.support.bases import Loads, PageSchema

MOST_MEMBERS = 500


@dataclass(frozen=True)
class EnterMember:
    name: str
    side: Side
    field: Field
    area: str
    person_id: str | None
    joined_on: date | None


@dataclass(frozen=True)
class FindMembers:
    limit: int
    cursor: str | None
    side: Side | None


@dataclass(frozen=True)
class EnterMeeting:
    title: str
    field: Field
    held_at: datetime
    place: str
    member_ids: list[str]
    minutes: str


@dataclass(frozen=True)
class EnterAction:
    meeting_id: str | None
    title: str
    owner_id: str
    owner_name: str
    due_on: date


@dataclass(frozen=True)
class ActionId:
    action_id: str


@dataclass(frozen=True)
class FindActions:
    limit: int
    cursor: str | None
    status: Status | None
    meeting_id: str | None
    owner_id: str | None


class EnterMemberSchema(Loads):
    made = EnterMember
    name = Line(most=200, required=True)
    side = fields.Enum(Side, by_value=True, required=True)
    field = bases.field_of_work()
    area = Line(most=100, least=0, load_default="")
    person_id = bases.optional_id()
    joined_on = Day(load_default=None, allow_none=True)


class FindMembersSchema(PageSchema):
    made = FindMembers
    side = fields.Enum(Side, by_value=True, load_default=None, allow_none=True)


class EnterMeetingSchema(Loads):
    made = EnterMeeting
    title = Line(most=200, required=True)
    field = bases.field_of_work()
    held_at = Moment(required=True)
    place = Line(most=200, least=0, load_default="")
    member_ids = fields.List(Identifier(), load_default=[], validate=validate.Length(max=MOST_MEMBERS))
    minutes = Paragraphs(most=20_000, least=0, load_default="")


class EnterActionSchema(Loads):
    made = EnterAction
    meeting_id = bases.optional_id()
    title = Line(most=200, required=True)
    owner_id = Identifier(required=True)
    owner_name = Line(most=200, least=0, load_default="")
    due_on = Day(required=True)


class ActionIdSchema(Loads):
    made = ActionId
    action_id = Identifier(required=True)


class FindActionsSchema(PageSchema):
    made = FindActions
    status = fields.Enum(Status, by_value=True, load_default=None, allow_none=True)
    meeting_id = bases.optional_id()
    owner_id = bases.optional_id()


class MemberView(Schema):
    id = bases.text()
    name = bases.text()
    side = bases.text()
    field = bases.text()
    area = bases.text()
    person_id = bases.maybe_text()
    joined_on = bases.day()


class MeetingView(Schema):
    id = bases.text()
    title = bases.text()
    field = bases.text()
    held_at = bases.moment()
    place = bases.text()
    member_ids = fields.List(fields.String(), required=True)
    minutes = bases.text()


class ActionView(Schema):
    id = bases.text()
    meeting_id = bases.maybe_text()
    title = bases.text()
    owner_id = bases.text()
    owner_name = bases.text()
    due_on = bases.day()
    status = bases.text()
    reminded_at = bases.moment(maybe=True)
    done_at = bases.moment(maybe=True)
    version = bases.number()


MemberPage = bases.page_of(MemberView)
MeetingPage = bases.page_of(MeetingView)
ActionPage = bases.page_of(ActionView)
