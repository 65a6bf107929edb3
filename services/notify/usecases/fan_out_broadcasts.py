"""Broadcasts that are due become messages, one batch of people after the other.

A batch and the place up to which the broadcast has come are one transaction: a worker that dies leaves a broadcast that
goes on where it was, and whoever has a message already gets no second one. New batches wait while many of its messages
are still to be sent: what concerns somebody's own affairs must not stand behind ten thousand notices.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis.context import Context
from services.notify import queries
from services.notify.domain.audience import Group, GroupKind
from services.notify.domain.broadcast import GOES_OUT, State
from services.notify.domain.message import Status
from services.notify.domain.rules import NOTICE
from services.notify.models import Message
from services.notify.models.audiences import Broadcast
from services.notify.queries import audiences
from services.notify.usecases.broadcasting import content_of, occasion_of
from services.notify.usecases.tell import Desk, tell, with_stored_templates

BATCH = 200
"""People."""
AHEAD = 1000
"""Messages of a broadcast that may wait to be sent before it goes on."""


def fan_out_broadcasts(session: Session, *, desk: Desk, now: datetime) -> bool:
    """One batch of one broadcast. False: none is due, or what there is waits."""
    for broadcast in _due(session, now):
        if not _is_ahead(session, broadcast, now):
            _go_on(session, broadcast, desk, now)
            return True
    return False


def _due(session: Session, now: datetime) -> list[Broadcast]:
    chosen = select(Broadcast).where(Broadcast.state.in_(GOES_OUT), Broadcast.send_at <= now)
    return list(session.scalars(chosen.order_by(Broadcast.send_at, Broadcast.id).with_for_update(skip_locked=True)))


def _is_ahead(session: Session, broadcast: Broadcast, now: datetime) -> bool:
    waiting = select(func.count()).where(
        Message.event_id == broadcast.event_id, Message.status == Status.QUEUED, Message.next_attempt_at <= now
    )
    return (session.scalar(waiting) or 0) >= AHEAD


def _go_on(session: Session, broadcast: Broadcast, desk: Desk, now: datetime) -> None:
    group = Group(GroupKind(broadcast.audience_kind), broadcast.audience_key)
    people = audiences.page(session, group, broadcast.last_person_id, BATCH)
    if people:
        contacts = queries.contacts(session, people)
        occasion = occasion_of(content_of(broadcast), broadcast.event_id)
        desk = with_stored_templates(session, desk, [NOTICE])
        context = Context.begin(correlation_id=broadcast.id)
        tell(session, occasion, {each: contacts.get(each) for each in people}, desk=desk, context=context, now=now)
        broadcast.last_person_id = people[-1]
        broadcast.people += len(people)
    if len(people) == BATCH:
        broadcast.became(State.SENDING)
    else:
        broadcast.became(State.SENT)
        broadcast.finished_at = now
