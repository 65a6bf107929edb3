"""The network's members, meetings and actions."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.training.models.support.network import ActionItem, Meeting, Member
from services.training.queries.support.paging import Page, by_id, newest_first
from services.training.schemas.support.bases import FindPage
from services.training.schemas.support.network import FindActions, FindMembers


def find_members(session: Session, find: FindMembers) -> Page:
    chosen = select(Member)
    if find.side is not None:
        chosen = chosen.where(Member.side == find.side)
    return by_id(session, chosen, Member.id, limit=find.limit, cursor=find.cursor)


def find_meetings(session: Session, find: FindPage) -> Page:
    return newest_first(session, select(Meeting), Meeting.id, limit=find.limit, cursor=find.cursor)


def find_actions(session: Session, find: FindActions, *, actor: Actor, all_of_them: bool) -> Page:
    """Without `all_of_them` those that the actor owns."""
    chosen = select(ActionItem)
    if not all_of_them:
        chosen = chosen.where(ActionItem.owner_id == actor.id)
    for name in ("status", "meeting_id", "owner_id"):
        if (value := getattr(find, name)) is not None:
            chosen = chosen.where(getattr(ActionItem, name) == value)
    return newest_first(session, chosen, ActionItem.id, limit=find.limit, cursor=find.cursor)
