"""A worker takes the messages that are due, and settles those whose worker is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notify.channels.provider import Answer, Provider
from services.notify.domain.message import Channel, Outcome, Status
from services.notify.models import Attempt, Message
from services.notify.usecases.record_answer import finish, settle

BATCH = 20
LEASE = timedelta(seconds=60)
"""How long a message is one worker's: from its claim, and again from the start of an attempt. Sending is quicker."""


@dataclass(frozen=True)
class Claimed:
    """ids: of messages that are ours under a lease. settled: how many had been left behind by workers that died."""

    ids: Mapping[Channel, Sequence[str]]
    settled: int

    def __bool__(self) -> bool:
        return bool(self.ids or self.settled)


def claim_messages(
    session: Session, *, holder: str, providers: Mapping[Channel, Provider], now: datetime, wall: datetime
) -> Claimed:
    """Several workers side by side get different messages. now: for what is due; wall: for leases."""
    settled = _settle_abandoned(session, providers, now, wall)
    due = session.scalars(
        select(Message)
        .where(Message.status == Status.QUEUED, Message.next_attempt_at <= now)
        .order_by(Message.next_attempt_at, Message.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    claimed: dict[Channel, list[str]] = {}
    for message in due:
        message.become(Status.SENDING)
        message.lease_holder, message.lease_until = holder, wall + LEASE
        claimed.setdefault(Channel(message.channel), []).append(message.id)
    return Claimed(claimed, settled)


def _settle_abandoned(session: Session, providers: Mapping[Channel, Provider], now: datetime, wall: datetime) -> int:
    abandoned = session.scalars(
        select(Message)
        .where(Message.status == Status.SENDING, Message.lease_until <= wall)
        .order_by(Message.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    begun = session.scalars(
        select(Attempt).where(Attempt.message_id.in_([each.id for each in abandoned]), Attempt.finished_at.is_(None))
    )
    open_attempts = {each.message_id: each for each in begun}
    for message in abandoned:
        attempt = open_attempts.get(message.id)
        if attempt is None:
            message.become(Status.QUEUED, due=now)  # claimed and never begun: nothing can have gone out
        else:
            provider = providers[Channel(message.channel)]
            same = provider.name == attempt.provider
            answer = Answer(Outcome.UNKNOWN, "the worker ended before the answer came")
            finish(attempt, answer, now)
            settle(session, message, answer, repeats_are_safe=same and provider.repeats_are_safe, now=now)
    return len(abandoned)
