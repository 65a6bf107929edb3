"""A provider has answered, or will not any more: what becomes of the message, and who hears of that."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import context
from services.chassis.context import Context
from services.chassis.events import emit
from services.notify import events
from services.notify.channels.provider import Answer
from services.notify.domain.message import Category, Outcome, Status, after
from services.notify.models import Attempt, Message

LONGEST_DETAIL = 500


def record_answer(
    session: Session,
    message_id: str,
    number: int,
    answer: Answer,
    *,
    holder: str,
    repeats_are_safe: bool,
    now: datetime,
) -> None:
    """Of attempt `number`. When the lease was lost meanwhile only good news changes the message: that it went out."""
    message = session.get_one(Message, message_id, with_for_update=True)
    attempt = session.scalars(select(Attempt).where(Attempt.message_id == message_id, Attempt.number == number)).one()
    finish(attempt, answer, now)
    late = answer.outcome is Outcome.SENT and message.status in {Status.QUEUED, Status.UNKNOWN}
    if message.lease_holder == holder or late:
        settle(session, message, answer, repeats_are_safe=repeats_are_safe, now=now)


def finish(attempt: Attempt, answer: Answer, now: datetime) -> None:
    attempt.finished_at, attempt.outcome, attempt.detail = now, answer.outcome, answer.detail


def settle(session: Session, message: Message, answer: Answer, *, repeats_are_safe: bool, now: datetime) -> None:
    """The message's next state, and the event of it in the same transaction, in the chain of what it was about."""
    verdict = after(
        answer.outcome,
        attempts=message.attempts,
        category=Category(message.category),
        repeats_are_safe=repeats_are_safe,
    )
    sent = verdict.status is Status.SENT
    message.become(
        verdict.status, reason=None if sent else answer.detail, due=now + verdict.wait if verdict.wait else None
    )
    message.sent_at = now if sent else None
    event = events.of(message)
    if event is not None:
        origin = Context.begin(
            correlation_id=message.correlation_id, traceparent=message.traceparent, causation_id=message.event_id
        )
        with context.use(origin):
            emit(session, event, now=now)


def without_address(answer: Answer, address: str) -> Answer:
    """Servers like to repeat the address in what they say; it must not stand beside the message."""
    detail = re.sub(re.escape(address), "<address>", answer.detail, flags=re.IGNORECASE)
    return replace(answer, detail=" ".join(detail.split())[:LONGEST_DETAIL])
