"""The public-private network: its members, its meetings, and what was agreed to be done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.errors import Forbidden, NotFound, Refused
from services.chassis.events import emit, emit_all
from services.chassis.i18n import msgid as _
from services.training.domain.rules import TrainingRules
from services.training.domain.support import network, refusals
from services.training.events import support as events
from services.training.models.support.network import ActionItem, Meeting, Member
from services.training.schemas.support.network import ActionId, EnterAction, EnterMeeting, EnterMember
from services.training.usecases.support.locking import lock

BATCH = 100
NO_MEETING = _("There is no such meeting.")
NO_MEMBER = _("There is no such member.")
NO_ACTION = _("There is no such action.")


def enter_member(
    session: Session, command: EnterMember, *, actor: Actor, rules: TrainingRules, now: datetime
) -> Member:
    """Raises Forbidden, Refused."""
    roles.require_staff(actor)
    same = select(Member.id).where(Member.name == command.name, Member.side == command.side)
    if session.scalars(same).first() is not None:
        raise Refused([refusals.duplicate(command.name)])
    member = joined(command, rules, now)
    session.add(member)
    emit(session, events.member_joined(member), now=now)
    return member


def joined(command: EnterMember, rules: TrainingRules, now: datetime) -> Member:
    """Today, where nobody says when."""
    joined_on = command.joined_on or now.astimezone(rules.centre.zone).date()
    return Member(id=ids.new_id(), **{**vars(command), "joined_on": joined_on}, entered_at=now)


def enter_meeting(session: Session, command: EnterMeeting, *, actor: Actor) -> Meeting:
    """Raises Forbidden, NotFound for a member."""
    roles.require_staff(actor)
    wanted = set(command.member_ids)
    known = set(session.scalars(select(Member.id).where(Member.id.in_(wanted))))
    if known != wanted:
        raise NotFound(NO_MEMBER)
    meeting = Meeting(id=ids.new_id(), **{**vars(command), "member_ids": sorted(wanted)}, entered_by=actor.id)
    session.add(meeting)
    return meeting


def enter_action(session: Session, command: EnterAction, *, actor: Actor, rules: TrainingRules) -> ActionItem:
    """Raises Forbidden, NotFound for the meeting."""
    roles.require_staff(actor)
    if command.meeting_id is not None and session.get(Meeting, command.meeting_id) is None:
        raise NotFound(NO_MEETING)
    action = ActionItem(
        id=ids.new_id(),
        **vars(command),
        status=network.Status.OPEN,
        remind_at=network.reminder(command.due_on, rules.support.remind_before, rules.centre.zone),
        entered_by=actor.id,
        version=1,
    )
    session.add(action)
    return action


def finish_action(session: Session, command: ActionId, *, actor: Actor, now: datetime) -> ActionItem:
    """Its owner, or staff. Raises Forbidden, NotFound, IllegalTransition."""
    action = lock(session, ActionItem, command.action_id, NO_ACTION)
    owns = not actor.is_anonymous and action.owner_id == actor.id
    if not (owns or roles.reads_all(actor)):
        raise NotFound(NO_ACTION)
    if not (owns or roles.is_staff(actor)):
        raise Forbidden(_("Only staff may do this."))
    action.finished(network.done(action.status), now)
    return action


def remind_of_actions(session: Session, *, now: datetime) -> bool:
    """A batch of those that are due and not done, each once. True: there may be more."""
    due = session.scalars(
        select(ActionItem)
        .where(ActionItem.remind_at <= now)
        .order_by(ActionItem.remind_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for action in due:
        action.reminded(now)
    emit_all(session, [events.action_due(action) for action in due], now=now)
    return bool(due)
