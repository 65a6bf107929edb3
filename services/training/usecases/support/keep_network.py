"""Keep the public-private network: members, meetings, agreed actions and their reminders."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.call import Call
from services.chassis.errors import Forbidden, NotFound, Refused
from services.chassis.events import emit, emit_all
from services.chassis.i18n import msgid as _
from services.training.contract import network as contract
from services.training.contract.vocabulary import ActionStatus
from services.training.domain.rules import TrainingRules
from services.training.domain.support import network, refusals
from services.training.events import support as events
from services.training.models.support.network import ActionItem, Meeting, Member
from services.training.usecases.support.locking import lock

BATCH = 100
NO_MEETING = _("There is no such meeting.")
NO_MEMBER = _("There is no such member.")
NO_ACTION = _("There is no such action.")


def enter_member(call: Call[TrainingRules], command: contract.EnterMember) -> contract.Member:
    """Raises Forbidden, Refused."""
    roles.require_staff(call.actor)
    same = select(Member.id).where(Member.name == command.name, Member.side == command.side)
    if call.session.scalars(same).first() is not None:
        raise Refused([refusals.duplicate(command.name)])
    member = new_member(command, call.profile, call.now)
    call.session.add(member)
    emit(call.session, events.member_joined(member), now=call.now)
    return contract.Member.of(member, call.profile.centre.zone)


def new_member(command: contract.EnterMember, rules: TrainingRules, now: datetime) -> Member:
    """Build the row of a member. By default they join today."""
    joined_on = command.joined_on or now.astimezone(rules.centre.zone).date()
    return Member(id=ids.new_id(), **{**vars(command), "joined_on": joined_on}, entered_at=now)


def enter_meeting(call: Call[TrainingRules], command: contract.EnterMeeting) -> contract.Meeting:
    """Raises Forbidden, NotFound for a member."""
    roles.require_staff(call.actor)
    member_ids = set(command.member_ids)
    known = set(call.session.scalars(select(Member.id).where(Member.id.in_(member_ids))))
    if known != member_ids:
        raise NotFound(NO_MEMBER)
    meeting = Meeting(id=ids.new_id(), **{**vars(command), "member_ids": sorted(member_ids)}, entered_by=call.actor.id)
    call.session.add(meeting)
    return contract.Meeting.of(meeting, call.profile.centre.zone)


def enter_action(call: Call[TrainingRules], command: contract.EnterAction) -> contract.ActionItem:
    """Raises Forbidden, NotFound for the meeting."""
    roles.require_staff(call.actor)
    if command.meeting_id is not None and call.session.get(Meeting, command.meeting_id) is None:
        raise NotFound(NO_MEETING)
    rules = call.profile
    action = ActionItem(
        id=ids.new_id(),
        **vars(command),
        status=ActionStatus.OPEN,
        remind_at=network.reminder(command.due_on, rules.support.remind_before, rules.centre.zone),
        entered_by=call.actor.id,
        version=1,
    )
    call.session.add(action)
    return contract.ActionItem.of(action, rules.centre.zone)


def finish_action(call: Call[TrainingRules], command: contract.FinishAction) -> contract.ActionItem:
    """For its owner and staff. Raises Forbidden, NotFound, IllegalTransition."""
    action = lock(call.session, ActionItem, command.action_id, NO_ACTION)
    owns = not call.actor.is_anonymous and action.owner_id == call.actor.id
    if not (owns or roles.reads_all(call.actor)):
        raise NotFound(NO_ACTION)
    if not (owns or roles.is_staff(call.actor)):
        raise Forbidden(_("Only staff may do this."))
    action.finished(network.done(action.status), call.now)
    return contract.ActionItem.of(action, call.profile.centre.zone)


def remind_of_actions(session: Session, *, now: datetime) -> bool:
    """Remind of a batch of actions that are due and not done, of each once. Return whether there may be more."""
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
