"""The inbox: an event has its effect once, and a failed one is tried again.

`receive` begins the handler's transaction by inserting (consumer, event id): a duplicate key means that it was done
before. Effect and row commit together; only then is the message acknowledged. When the handler fails, the effect is
rolled back and the event is kept in the inbox, to be tried again after DELAYS; after the last attempt, or at once for
a refusal or data off its schema, it is dead (deadletters.py). Only a database that is away leaves the message with the
broker. Does not order events: a handler that needs a predecessor raises OutOfOrder and is tried again like any other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

import structlog
from marshmallow import EXCLUDE, Schema, ValidationError
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from services.chassis import clock, context
from services.chassis.context import Context
from services.chassis.db import AGENDA, Database, insert_once, is_away, wake_after_commit
from services.chassis.errors import DomainError
from services.chassis.events import Envelope, Received
from services.chassis.tables import inbox

_ENVELOPE = Envelope()
DELAYS = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 300, 1800))
# Longer than the replay window of the outbox: a replayed event must still be known.
KEPT_FOR = timedelta(days=60)

log = structlog.get_logger("madang.inbox")


class State(StrEnum):
    DONE = "done"
    WAITING = "waiting"
    DEAD = "dead"
    DISCARDED = "discarded"


NEXT = select(func.min(inbox.c.next_attempt_at)).where(
    inbox.c.state == State.WAITING, inbox.c.state.in_([State.WAITING, State.DEAD])
)
"""When the next event is to be tried again. The second condition is the index's, which SQLite must see."""


class Unacceptable(Exception):
    """The event can be read but not handled: its data is off the schema, or its version is not known here."""


@dataclass(frozen=True)
class Subscription:
    """An event that a handler takes: `version` of `name` from `source`, its data loaded with `schema`."""

    source: str
    name: str
    schema: type[Schema]
    version: int = 1

    @property
    def routing_key(self) -> str:
        return self.name if self.version == 1 else f"{self.name}.v{self.version}"

    @cached_property
    def loaded_with(self) -> Schema:
        return self.schema(unknown=EXCLUDE)

    def takes(self, event_type: str) -> bool:
        return event_type.endswith(f".{self.name}.v{self.version}")

    def load(self, envelope: Mapping[str, Any]) -> Received:
        """Raises Unacceptable."""
        try:
            data = self.loaded_with.load(envelope["data"])
        except ValidationError as error:
            raise Unacceptable(f"data off its schema: {error.messages}") from error
        return Received(
            id=envelope["id"],
            type=envelope["type"],
            source=envelope["source"],
            subject=envelope["subject"],
            sequence=envelope["sequence"],
            time=envelope["time"],
            data=data,
        )


Effect = Callable[[Session, Received], None]


@dataclass(frozen=True)
class Consumer:
    """A handler: its name in the inbox, what it takes, and its effect."""

    name: str
    subscriptions: tuple[Subscription, ...]
    effect: Effect

    def received(self, envelope: Mapping[str, Any]) -> Received:
        for subscription in self.subscriptions:
            if subscription.takes(envelope["type"]):
                return subscription.load(envelope)
        raise Unacceptable(f"unknown type or version: {envelope['type']}")


def read_envelope(body: Any) -> dict[str, Any]:
    """Raises ValidationError when it is no CloudEvent."""
    return dict(_ENVELOPE.load(body))


def context_of(envelope: Mapping[str, Any]) -> Context:
    """What comes of handling the event belongs to the chain that the event belongs to."""
    return Context.begin(
        correlation_id=envelope["correlationid"], traceparent=envelope["traceparent"], causation_id=envelope["id"]
    )


def receive(database: Database, consumer: Consumer, envelope: dict[str, Any]) -> State | None:
    """Handles an event. Returns the state in which it is now, None for one that was here before.

    Raises OperationalError when the database is away: then nothing was kept.
    """

    def handle(session: Session) -> bool:
        if not _arrive(session, consumer, envelope, State.DONE):
            return False
        consumer.effect(session, consumer.received(envelope))
        wake_after_commit(session, AGENDA)
        return True

    try:
        return State.DONE if database.transaction(handle) else None
    except Exception as error:
        if is_away(error):
            raise
        return _keep_first_failure(database, consumer, envelope, error)


def retry_one(database: Database, consumer_named: Callable[[str], Consumer]) -> bool:
    """Tries the event that has waited longest beyond its time. False: none is due.

    A failure is kept under the lock under which the event was tried, so that nobody else tries it in between.
    """
    due = database.transaction(lambda session: session.execute(_due(clock.now())).one_or_none())
    if due is None:
        return False
    consumer = consumer_named(due.consumer)  # outside of the transaction: it may begin one of its own
    envelope = _ENVELOPE.load(json.loads(due.envelope))

    def again(session: Session) -> Exception | None:
        if session.execute(_still(due)).one_or_none() is None:
            return None  # another replica has it
        try:
            with session.begin_nested(), context.use(context_of(envelope)):
                _set(session, due, state=State.DONE, next_attempt_at=None, error=None, envelope=None)
                consumer.effect(session, consumer.received(envelope))
        except DBAPIError:
            raise  # the transaction itself may be lost
        except Exception as error:  # noqa: BLE001 whatever the handler raised is the reason that is kept with the event
            _keep_failure(session, due, error)
            return error
        return None

    try:
        failure = database.transaction(again)
    except DBAPIError as error:
        if is_away(error):
            raise
        failure = error
        database.transaction(lambda session: _keep_failure(session, due, failure))
    if failure is not None:
        _log_again(due, failure)
    return True


def forget(session: Session, subject: str) -> None:
    """Removes a subject from what was done: the person is erased. What waits or is dead keeps its envelope."""
    session.execute(update(inbox).where(inbox.c.subject == subject).values(subject=""))


def keep_unreadable(session: Session, consumer: str, body: bytes, reason: str) -> None:
    """Keeps what is no event at all among the dead, under the hash of its bytes. It cannot be replayed."""
    insert_once(
        session,
        inbox,
        consumer=consumer,
        event_id=f"unreadable:{hashlib.sha256(body).hexdigest()}",
        event="unreadable",
        subject="",
        state=State.DEAD,
        received_at=clock.now(),
        attempts=0,
        envelope=body.decode("utf-8", "backslashreplace").replace("\0", "\\0"),
        error=reason,
    )


def _arrive(
    session: Session,
    consumer: Consumer,
    envelope: Mapping[str, Any],
    state: State,
    error: Exception | None = None,
) -> bool:
    now = clock.now()
    return insert_once(
        session,
        inbox,
        consumer=consumer.name,
        event_id=envelope["id"],
        event=envelope["type"],
        subject=envelope["subject"],
        state=state,
        received_at=now,
        attempts=1,
        next_attempt_at=now + DELAYS[0] if state is State.WAITING else None,
        envelope=None if state is State.DONE else _kept(envelope),
        error=_reason(error) if error else None,
    )


def _keep_first_failure(database: Database, consumer: Consumer, envelope: Mapping[str, Any], error: Exception) -> State:
    state = _verdict(error, attempts=1)

    def keep(session: Session) -> None:
        _arrive(session, consumer, envelope, state, error)
        wake_after_commit(session, AGENDA)

    database.transaction(keep)
    log.warning("event_failed", consumer=consumer.name, event_id=envelope["id"], state=state, error=_reason(error))
    return state


def _keep_failure(session: Session, row: Any, error: Exception) -> None:
    attempts = row.attempts + 1
    state = _verdict(error, attempts)
    due = clock.now() + DELAYS[attempts - 1] if state is State.WAITING else None
    _set(session, row, state=state, attempts=attempts, next_attempt_at=due, error=_reason(error))


def _log_again(row: Any, error: Exception) -> None:
    log.warning(
        "event_failed_again",
        consumer=row.consumer,
        event_id=row.event_id,
        state=_verdict(error, row.attempts + 1),
        attempts=row.attempts + 1,
        error=_reason(error),
    )


def _set(session: Session, row: Any, **values: Any) -> None:
    # Another replica may have tried it since: then its verdict stands.
    session.execute(
        update(inbox)
        .where(
            inbox.c.consumer == row.consumer,
            inbox.c.event_id == row.event_id,
            inbox.c.state == State.WAITING,
            inbox.c.attempts == row.attempts,
        )
        .values(**values)
    )


def _due(now: datetime) -> Any:
    return (
        select(inbox)
        .where(inbox.c.state == State.WAITING, inbox.c.next_attempt_at <= now)
        .order_by(inbox.c.next_attempt_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _still(row: Any) -> Any:
    """The row, if it waits as it did when `row` was read and nobody else is at it; locked."""
    return (
        select(inbox.c.event_id)
        .where(
            inbox.c.consumer == row.consumer,
            inbox.c.event_id == row.event_id,
            inbox.c.state == State.WAITING,
            inbox.c.attempts == row.attempts,
        )
        .with_for_update(skip_locked=True)
    )


def _verdict(error: Exception, attempts: int) -> State:
    if isinstance(error, (DomainError, Unacceptable)) or attempts > len(DELAYS):
        return State.DEAD
    return State.WAITING


def _kept(envelope: Mapping[str, Any]) -> str:
    """As readable as a database can keep it: half of a surrogate pair, which JSON can write, has no bytes."""
    dumped = _ENVELOPE.dump(envelope)
    text = json.dumps(dumped, ensure_ascii=False)
    return text if text.isascii() or text.encode("utf-8", "ignore").decode() == text else json.dumps(dumped)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:2000].encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")


def count_unfinished(session: Session) -> dict[str, int]:
    """How many wait for another attempt and how many are dead, by state."""
    unfinished = inbox.c.state.in_([State.WAITING, State.DEAD])
    return dict(session.execute(select(inbox.c.state, func.count()).where(unfinished).group_by(inbox.c.state)).all())
