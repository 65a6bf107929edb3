"""The network's members, meetings and actions."""

from __future__ import annotations

from sqlalchemy import select

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.contract import Page
from services.training.contract import network as contract
from services.training.domain.rules import TrainingRules
from services.training.models.support.network import ActionItem, Meeting, Member
from services.training.queries.support.paging import by_id, newest_first


def list_members(call: Call[TrainingRules], request: contract.ListMembers) -> Page[contract.Member]:
    """Raises Forbidden."""
    roles.require_reader(call.actor)
    chosen = select(Member)
    if request.side is not None:
        chosen = chosen.where(Member.side == request.side)
    page = by_id(call.session, chosen, Member.id, limit=request.limit, cursor=request.cursor)
    items = [contract.Member.of(each, call.profile.centre.zone) for each in page.items]
    return Page(items=items, next_cursor=page.next_cursor)


def list_meetings(call: Call[TrainingRules], request: contract.ListMeetings) -> Page[contract.Meeting]:
    """Raises Forbidden."""
    roles.require_reader(call.actor)
    page = newest_first(call.session, select(Meeting), Meeting.id, limit=request.limit, cursor=request.cursor)
    items = [contract.Meeting.of(each, call.profile.centre.zone) for each in page.items]
    return Page(items=items, next_cursor=page.next_cursor)


def list_actions(call: Call[TrainingRules], request: contract.ListActions) -> contract.ActionPage:
    """All for who reads everything; for others those that they own. Raises Forbidden."""
    roles.require_person(call.actor)
    chosen = select(ActionItem)
    if not roles.reads_all(call.actor):
        chosen = chosen.where(ActionItem.owner_id == call.actor.id)
    for name in ("status", "meeting_id", "owner_id"):
        if (value := getattr(request, name)) is not None:
            chosen = chosen.where(getattr(ActionItem, name) == value)
    page = newest_first(call.session, chosen, ActionItem.id, limit=request.limit, cursor=request.cursor)
    items = [contract.ActionItem.of(each, call.profile.centre.zone) for each in page.items]
    return contract.ActionPage(items=items, next_cursor=page.next_cursor)
