"""The public-private network (민·관 네트워크): members, meetings, and agreed actions. Source: DOMAIN, Network."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Annotated

from services.centre.vocabulary import Field
from services.chassis.contract import Answer, Doc, ListRequest, Page, Part, Request
from services.chassis.fields import Id, Items, Line, Paragraphs
from services.training.contract.vocabulary import ActionStatus, Side

network = Part("training", "network", "The public-private network that the centre runs")

MOST_MEMBERS = 500
UNIQUE = {"minItems": 0, "uniqueItems": True}
"""For the document. The service takes a member who is named twice as named once."""

Title = Annotated[str, Line(max=200)]
ShortText = Annotated[str, Line(max=200, min=0)]
FieldOfWork = Annotated[Field, Doc("The field of the centre's work that it belongs to")]


# --- answers


class Member(Answer):
    id: str
    name: str
    side: Side
    field: Field
    area: str
    person_id: str | None
    joined_on: date


class Meeting(Answer):
    id: str
    title: str
    field: Field
    held_at: datetime
    place: str
    member_ids: list[str]
    minutes: str


class ActionItem(Answer):
    id: str
    meeting_id: str | None
    title: str
    owner_id: str
    owner_name: str
    due_on: date
    status: ActionStatus
    reminded_at: datetime | None
    done_at: datetime | None
    version: int


class ActionPage(Page[ActionItem]):
    """Page of agreed actions."""


# --- operations


@network.command("POST /network/members", status=201, refuses=(403, 409), body="NewMember")
class EnterMember(Request[Member]):
    """Enter a member. For staff."""

    name: Title
    side: Side
    field: FieldOfWork = Field.BOTH
    area: Annotated[str, Line(max=100, min=0)] = ""
    person_id: Annotated[Id | None, Doc("Who comes for it")] = None
    joined_on: Annotated[date | None, Doc("By default today")] = None


@network.query("GET /network/members", refuses=(403,))
class ListMembers(ListRequest[Page[Member]]):
    """List the members. For staff and auditors."""

    side: Side | None = None


@network.command("POST /network/meetings", status=201, refuses=(403, 404), body="NewMeeting")
class EnterMeeting(Request[Meeting]):
    """Enter a meeting, with who was there. For staff."""

    title: Title
    field: FieldOfWork = Field.BOTH
    held_at: datetime
    place: ShortText = ""
    member_ids: Annotated[list[Id], Items(max=MOST_MEMBERS), Doc("Who was there", UNIQUE)] = dataclasses.field(
        default_factory=list
    )
    minutes: Annotated[str, Paragraphs(max=20_000, min=0)] = ""


@network.query("GET /network/meetings", refuses=(403,))
class ListMeetings(ListRequest[Page[Meeting]]):
    """List the meetings, the newest first. For staff and auditors."""


@network.command("POST /network/actions", status=201, refuses=(403, 404), body="NewAction")
class EnterAction(Request[ActionItem]):
    """Enter what was agreed to be done, by whom and until when. For staff."""

    title: Title
    owner_id: Annotated[Id, Doc("The person who has to act; told when it is due")]
    owner_name: ShortText = ""
    due_on: date
    meeting_id: Annotated[Id | None, Doc("Where it was agreed")] = None


@network.query("GET /network/actions")
class ListActions(ListRequest[ActionPage]):
    """List what was agreed to be done, the newest first. Staff and auditors see all of it, others what is theirs."""

    status: ActionStatus | None = None
    meeting_id: Id | None = None
    owner_id: Id | None = None


@network.command("POST /network/actions/{action_id}/done", refuses=(403, 404, 409))
class FinishAction(Request[ActionItem]):
    """Say that it is done. For its owner and staff."""

    action_id: Id
