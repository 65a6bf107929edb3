"""The public-private network: members, meetings, and what was agreed to be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import network as schemas
from services.gateway.api.schemas.bases import Page

network = Blueprint("network", __name__, description="The public-private network that the centre runs")


@network.operation(
    "POST", "/network/members", body=schemas.NewMember, answer=schemas.Member, status=201, refuses=(403, 409)
)
def enter_member(body: Mapping[str, Any]) -> Any:
    """Enter a member. For staff."""
    return ask("training", "enter_member", body)


@network.operation("GET", "/network/members", query=schemas.FindMembers, answer=schemas.MemberPage, refuses=(403,))
def list_members(query: Mapping[str, Any]) -> Any:
    """List the members. For staff and auditors."""
    return ask("training", "list_members", query)


@network.operation(
    "POST", "/network/meetings", body=schemas.NewMeeting, answer=schemas.Meeting, status=201, refuses=(403, 404)
)
def enter_meeting(body: Mapping[str, Any]) -> Any:
    """Enter a meeting, with who was there. For staff."""
    return ask("training", "enter_meeting", body)


@network.operation("GET", "/network/meetings", query=Page, answer=schemas.MeetingPage, refuses=(403,))
def list_meetings(query: Mapping[str, Any]) -> Any:
    """List the meetings, the newest first. For staff and auditors."""
    return ask("training", "list_meetings", query)


@network.operation(
    "POST", "/network/actions", body=schemas.NewAction, answer=schemas.ActionItem, status=201, refuses=(403, 404)
)
def enter_action(body: Mapping[str, Any]) -> Any:
    """Enter what was agreed to be done, by whom and until when. For staff."""
    return ask("training", "enter_action", body)


@network.operation("GET", "/network/actions", query=schemas.FindActions, answer=schemas.ActionPage)
def list_actions(query: Mapping[str, Any]) -> Any:
    """List what was agreed to be done, the newest first. Staff and auditors see all of it, others what is theirs."""
    return ask("training", "list_actions", query)


@network.operation("POST", "/network/actions/<id:action_id>/done", answer=schemas.ActionItem, refuses=(403, 404, 409))
def finish_action(action_id: str, body: Mapping[str, Any]) -> Any:
    """Say that it is done. For its owner and staff."""
    return ask("training", "finish_action", {"action_id": action_id, **body})
