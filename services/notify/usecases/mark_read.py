"""A person has read a message in their inbox."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import NotFound
from services.notify.domain.message import Channel, Status
from services.notify.models import Message


def mark_read(session: Session, message_id: str, *, actor: Actor, now: datetime) -> Message:
    """The first time counts. Raises Forbidden, NotFound: also for what lies in somebody else's inbox."""
    roles.require_person(actor)
    message = session.get(Message, message_id, with_for_update=True)
    if message is None or message.person_id != actor.id:
        raise NotFound
    if message.channel != Channel.INBOX or message.status != Status.SENT:
        raise NotFound
    message.read_at = message.read_at or now
    return message
