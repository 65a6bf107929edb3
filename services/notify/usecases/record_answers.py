"""Providers have answered: what becomes of the messages, and who hears of that. One transaction for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlalchemy.orm import Session

from services.chassis.events import emit_each
from services.notify import events
from services.notify.domain.message import Fault, Outcome, Status
from services.notify.domain.provider import Answer, Provider
from services.notify.models import Attempt, Message
from services.notify.usecases import attempts, keep_circuit
from services.notify.usecases.begin_attempts import Begun
from services.notify.usecases.settling import origin, settle
from services.notify.usecases.suppress_address import suppress_address


@dataclass(frozen=True)
class Answered:
    begun: Begun
    answer: Answer


_SENT = (
    update(Message)
    .where(
        Message.id.in_(bindparam("ids", expanding=True)),
        Message.status == Status.SENDING,
        Message.lease_holder == bindparam("holder"),
    )
    .values(
        status=Status.SENT,
        reason=None,
        next_attempt_at=None,
        lease_holder=None,
        lease_until=None,
        pinned_provider=None,
        sent_at=bindparam("at"),
        version=Message.version + 1,
    )
    .returning(*Message.__table__.c)
    .execution_options(synchronize_session=False)
)


def record_answers(
    session: Session,
    answered: Sequence[Answered],
    *,
    holder: str,
    provider: Provider,
    others_follow: bool,
    now: datetime,
    wall: datetime,
) -> list[str]:
    """others_follow: other providers stand ready. Returns the messages that they should try at once, still claimed.

    When the lease was lost meanwhile only good news changes a message: that it went out.
    """
    attempts.finish(session, [(each.begun.message_id, each.begun.number, each.answer) for each in answered], now)
    sent = [each.begun.message_id for each in answered if each.answer.outcome is Outcome.SENT]
    settled = session.execute(_SENT, {"ids": sent, "holder": holder, "at": now}).all() if sent else []
    emit_each(session, [(origin(row), events.sent(row)) for row in settled], now=now)  # type: ignore[arg-type]

    done = {row.id for row in settled}
    again = []
    for each in sorted(answered, key=lambda each: each.begun.message_id):
        if each.begun.message_id not in done and _settle_one(session, each, holder, provider, others_follow, now):
            again.append(each.begun.message_id)
    keep_circuit.note(session, provider, [each.answer for each in answered], wall)
    return again


def _settle_one(
    session: Session, answered: Answered, holder: str, provider: Provider, others_follow: bool, now: datetime
) -> bool:
    """True: another provider should try it at once."""
    answer, letter = answered.answer, answered.begun.letter
    message = session.get_one(Message, answered.begun.message_id, with_for_update=True, populate_existing=True)
    if answer.fault is Fault.ADDRESS:
        suppress_address(session, message, letter.channel, letter.to, provider=provider.name, now=now)
    ours = message.status == Status.SENDING and message.lease_holder == holder
    late = answer.outcome is Outcome.SENT and message.status in {Status.QUEUED, Status.UNKNOWN}
    if not (ours or late):
        return False
    reached_nobody = answer.outcome is Outcome.TEMPORARY and answer.fault is Fault.PROVIDER
    if ours and others_follow and reached_nobody and not message.pinned_provider:
        return True
    settle(session, message, answer, provider=provider, now=now)
    return False


def give_back(session: Session, begun: Sequence[Begun], *, holder: str, keep: bool, now: datetime) -> None:
    """Attempts that were on record and not made: the provider was given up before their turn. As if never begun.

    keep: the messages stay claimed, for the next provider.
    """
    for each in begun:
        message = session.get_one(Message, each.message_id, with_for_update=True, populate_existing=True)
        if message.status != Status.SENDING or message.lease_holder != holder:
            continue  # somebody has settled it as unknown meanwhile
        session.execute(delete(Attempt).where(Attempt.message_id == message.id, Attempt.number == each.number))
        message.attempts -= 1
        if not keep:
            message.become(Status.QUEUED, due=now)


def release(session: Session, message_ids: Sequence[str], *, holder: str, now: datetime) -> None:
    """Claimed messages that this worker will not come to within its lease."""
    statement: Any = (
        update(Message)
        .where(Message.id.in_(message_ids), Message.status == Status.SENDING, Message.lease_holder == holder)
        .values(
            status=Status.QUEUED, next_attempt_at=now, lease_holder=None, lease_until=None, version=Message.version + 1
        )
    )
    session.execute(statement.execution_options(synchronize_session=False))
