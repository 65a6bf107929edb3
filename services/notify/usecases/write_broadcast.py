"""Staff write a broadcast, change it while it is a draft, send it now or at a time, or cancel it before that."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.db import wake_after_commit
from services.chassis.errors import Invalid, Refused
from services.chassis.i18n import msgid as _
from services.notify.domain import refusals
from services.notify.domain.audience import Group, GroupKind
from services.notify.domain.broadcast import Action, State, after
from services.notify.domain.rules import NOTICE
from services.notify.models.audiences import Broadcast
from services.notify.queries import audiences
from services.notify.schemas.broadcasts import ChangeBroadcast, Content, CreateBroadcast, OneBroadcast, SendBroadcast
from services.notify.usecases import audit
from services.notify.usecases.broadcasting import locked, objections
from services.notify.usecases.tell import Desk, with_stored_templates

FAN_OUT = "fan_out_broadcasts"
"""The timer that tells the people (entrypoints/broadcasts.py)."""
IN_THE_PAST = _("This time is over. Leave it out to send at once.")


def create_broadcast(
    session: Session, command: CreateBroadcast, *, actor: Actor, desk: Desk, now: datetime
) -> Broadcast:
    """A draft. Raises Forbidden, Refused: a text that a channel cannot carry, a notice that is not approved."""
    roles.require_staff(actor)
    _judge(session, command, desk)
    broadcast = Broadcast(
        id=ids.new_id(), state=State.DRAFT, last_person_id="", people=0, written_by=actor.id, written_at=now, version=1
    )
    _write(broadcast, command)
    session.add(broadcast)
    session.flush()
    audit.record(session, broadcast, "create", actor=actor, now=now)
    return broadcast


def change_broadcast(
    session: Session, command: ChangeBroadcast, *, actor: Actor, desk: Desk, now: datetime
) -> Broadcast:
    """Raises Forbidden, NotFound, StaleVersion, Refused, IllegalTransition: it is no draft any more."""
    roles.require_staff(actor)
    broadcast = locked(session, command.broadcast_id, command.version)
    _judge(session, command, desk)
    before = audit.snapshot(broadcast)
    broadcast.became(after(broadcast.state, Action.CHANGE))
    _write(broadcast, command)
    audit.record(session, broadcast, Action.CHANGE, before=before, actor=actor, now=now)
    return broadcast


def send_broadcast(session: Session, command: SendBroadcast, *, actor: Actor, now: datetime) -> Broadcast:
    """Raises Forbidden, NotFound, StaleVersion, IllegalTransition, Invalid for a time that is over, Refused: nobody
    belongs to the audience.
    """
    roles.require_staff(actor)
    if command.send_at is not None and command.send_at < now:
        raise Invalid(errors={"send_at": [IN_THE_PAST]})
    broadcast = locked(session, command.broadcast_id, command.version)
    state = after(broadcast.state, Action.SEND)
    if not audiences.count(session, Group(GroupKind(broadcast.audience_kind), broadcast.audience_key)):
        raise Refused([refusals.empty_audience()])
    before = audit.snapshot(broadcast)
    broadcast.send_at = command.send_at or now
    broadcast.became(state)
    audit.record(session, broadcast, Action.SEND, before=before, actor=actor, now=now)
    wake_after_commit(session, FAN_OUT)
    return broadcast


def cancel_broadcast(session: Session, command: OneBroadcast, *, actor: Actor, now: datetime) -> Broadcast:
    """Raises Forbidden, NotFound, IllegalTransition: the first have been told."""
    roles.require_staff(actor)
    broadcast = locked(session, command.broadcast_id)
    before = audit.snapshot(broadcast)
    broadcast.became(after(broadcast.state, Action.CANCEL))
    audit.record(session, broadcast, Action.CANCEL, before=before, actor=actor, now=now)
    return broadcast


def _judge(session: Session, content: Content, desk: Desk) -> None:
    if found := list(objections(content, with_stored_templates(session, desk, [NOTICE]))):
        raise Refused(found)


def _write(broadcast: Broadcast, command: CreateBroadcast) -> None:
    broadcast.category = command.category
    broadcast.audience_kind, broadcast.audience_key = command.audience.kind, command.audience.key
    broadcast.channels = [str(each) for each in command.channels]
    broadcast.texts = {str(language): dict(text) for language, text in command.texts.items()}
