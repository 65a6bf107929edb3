"""A worker takes the messages that are due, and settles those whose worker is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from services.notify.domain.message import Channel, Outcome, Status, Verdict
from services.notify.domain.provider import Answer, Provider
from services.notify.models import Attempt, Message
from services.notify.usecases import keep_circuit
from services.notify.usecases.settling import conclude, finish, settle

BATCH = 200
LEASE = timedelta(seconds=60)
"""How long a message is one worker's: from its claim, and again from the start of an attempt."""

PROVIDER_GONE = "the provider that may have sent it is not configured any more"

Carriers = Mapping[Channel, Sequence[Provider]]
"""Who carries what, in the order in which they are tried."""


@dataclass(frozen=True)
class Lot:
    """Messages of one channel that are ours under a lease, and the providers that may be tried for them, in order."""

    ids: Sequence[str]
    providers: Sequence[Provider]

    @property
    def lines(self) -> int:
        return self.providers[0].lines


@dataclass(frozen=True)
class Claimed:
    """settled: how many had been left behind by workers that died."""

    lots: Sequence[Lot]
    settled: int

    @property
    def ids(self) -> list[str]:
        return [message_id for lot in self.lots for message_id in lot.ids]

    def __bool__(self) -> bool:
        return bool(self.lots or self.settled)


_FREE = and_(
    Message.status == Status.QUEUED,
    Message.channel == bindparam("a_channel"),
    Message.next_attempt_at <= bindparam("at"),
)
_ANYBODYS = or_(Message.pinned_provider.is_(None), Message.pinned_provider.not_in(bindparam("others", expanding=True)))


def _claiming(whose: object) -> object:
    # As a subquery of IN, PostgreSQL may run it for every message: each time it would skip those just taken and take
    # more of them than it may. A WITH query that locks runs once.
    due = (
        select(Message.id)
        .where(_FREE, whose)  # type: ignore[arg-type]
        .order_by(Message.next_attempt_at, Message.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    return (
        update(Message)
        .where(Message.id.in_(select(due.c.id)))
        .values(
            status=Status.SENDING,
            reason=None,
            next_attempt_at=None,
            lease_holder=bindparam("holder"),
            lease_until=bindparam("until"),
            version=Message.version + 1,
        )
        .returning(Message.id, Message.pinned_provider)
        .execution_options(synchronize_session=False)
    )


_CLAIM_ANYBODYS = _claiming(_ANYBODYS)
_CLAIM_PINNED = _claiming(Message.pinned_provider == bindparam("pinned"))


def claim_messages(session: Session, *, holder: str, carriers: Carriers, now: datetime, wall: datetime) -> Claimed:
    """Several workers side by side get different messages. now: for what is due; wall: for leases."""
    settled = _settle_abandoned(session, carriers, now, wall)
    places = {"holder": holder, "until": wall + LEASE, "at": now}
    lots: list[Lot] = []
    for channel, providers in carriers.items():
        lots += _claim(session, providers, {**places, "a_channel": channel}, now, wall)
    return Claimed(lots, settled)


def _claim(
    session: Session, providers: Sequence[Provider], places: Mapping[str, object], now: datetime, wall: datetime
) -> list[Lot]:
    """The first provider with room gets what is due; the others what they may have had before, theirs alone."""
    rooms = {provider.name: keep_circuit.room(session, provider, BATCH, wall) for provider in providers}
    ready = [provider for provider in providers if rooms[provider.name]]
    lots = []
    for number, provider in enumerate(ready):
        wanted = {**places, "most": rooms[provider.name], "pinned": provider.name}
        if number == 0:
            wanted["others"] = [other.name for other in providers if other is not provider]
            claim, chain = _CLAIM_ANYBODYS, ready
        else:
            claim, chain = _CLAIM_PINNED, [provider]
        claimed = session.execute(claim, wanted).all()  # type: ignore[call-overload]
        ids = sorted(each.id for each in claimed if each.pinned_provider in {None, provider.name})
        _give_up(session, [each.id for each in claimed if each.id not in ids], now)
        keep_circuit.take(session, provider, len(ids), wall)
        if ids:
            lots.append(Lot(ids, chain))
    return lots


def _give_up(session: Session, message_ids: Sequence[str], now: datetime) -> None:
    """Messages that a provider may have sent that is not configured any more, and so can never be asked."""
    for message_id in message_ids:
        message = session.get_one(Message, message_id)
        conclude(session, message, Verdict(Status.UNKNOWN), PROVIDER_GONE, now=now)


def _settle_abandoned(session: Session, carriers: Carriers, now: datetime, wall: datetime) -> int:
    abandoned = session.scalars(
        select(Message)
        .where(Message.status == Status.SENDING, Message.lease_until <= wall)
        .order_by(Message.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    if not abandoned:
        return 0
    begun = session.scalars(
        select(Attempt).where(Attempt.message_id.in_([each.id for each in abandoned]), Attempt.finished_at.is_(None))
    )
    open_attempts = {each.message_id: each for each in begun}
    for message in abandoned:
        attempt = open_attempts.get(message.id)
        if attempt is None:
            message.become(Status.QUEUED, due=now)  # claimed and never begun: nothing can have gone out
        else:
            known = carriers.get(Channel(message.channel), ())
            provider = next((each for each in known if each.name == attempt.provider), None)
            answer = Answer(Outcome.UNKNOWN, "the worker ended before the answer came")
            finish(attempt, answer, now)
            settle(session, message, answer, provider=provider, now=now)
    return len(abandoned)
