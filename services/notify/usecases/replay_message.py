"""Staff have a message sent that was given up: by its rules anew, with as many tries as a new one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.db import wake_after_commit
from services.chassis.errors import IllegalTransition, NotFound
from services.notify.domain.message import LOST, Status
from services.notify.models import Message
from services.notify.usecases.announce import DELIVERY
from services.notify.usecases.record_receipt import DELIVERED_ELSEWHERE

REPLAYABLE = LOST | {Status.SKIPPED}
FORGOTTEN = "forgotten"
"""The state of a message whose words are kept no more, or whose person was erased."""
REPLACED = "replaced"
"""The state of a notice in whose place a text went out: sent again, the person would hear of it twice."""


def replay_message(session: Session, message_id: str, *, actor: Actor, now: datetime) -> Message:
    """One that is `unknown` may reach the person twice, unless its provider can be asked: staff decide.

    Raises Forbidden, NotFound, IllegalTransition.
    """
    roles.require_staff(actor)
    message = session.get(Message, message_id, with_for_update=True)
    if message is None:
        raise NotFound
    if not message.body:
        raise IllegalTransition(state=FORGOTTEN, wanted=Status.QUEUED)
    has_fallback = session.scalar(select(exists().where(Message.fallback_of == message.id)))
    if has_fallback or message.reason == DELIVERED_ELSEWHERE:
        raise IllegalTransition(state=REPLACED, wanted=Status.QUEUED)
    if message.status not in REPLAYABLE:
        raise IllegalTransition(state=message.status, wanted=Status.QUEUED)
    message.become(Status.QUEUED, due=now)
    message.attempts_before = message.attempts
    wake_after_commit(session, DELIVERY)
    return message
