"""Idempotency keys of commands: the stored answer is given again.

A command's transaction begins by inserting (actor, command, key); a second delivery waits for the first one to commit
and then answers with what it answered. A command without a key of its caller's has its call id as the key, so that a
message delivered twice by the broker is done once. A refusal is remembered only for a caller's own key. Kept for
KEPT_FOR.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, bindparam, delete, select, tuple_, update
from sqlalchemy.orm import Session

from services.chassis.db import affected, insert_once
from services.chassis.errors import Invalid, Refused
from services.chassis.tables import idempotency_keys

KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Key:
    actor_id: str
    command: str
    key: str
    fingerprint: str

    @classmethod
    def of(cls, actor_id: str, command: str, key: str, payload: Mapping[str, Any]) -> Key:
        canonical = json.dumps(payload, sort_keys=True, default=str)
        return cls(actor_id, command, key, hashlib.sha256(canonical.encode()).hexdigest())

    def places(self) -> dict[str, str]:
        return {"an_actor": self.actor_id, "a_command": self.command, "a_key": self.key}


_SAME = (
    (idempotency_keys.c.actor_id == bindparam("an_actor"))
    & (idempotency_keys.c.command == bindparam("a_command"))
    & (idempotency_keys.c.key == bindparam("a_key"))
)
_ANSWER = update(idempotency_keys).where(_SAME).values(answer=bindparam("an_answer", type_=JSON))
_FIND = select(idempotency_keys).where(_SAME)


def once(session: Session, key: Key, now: datetime, do: Callable[[], Any], *, secret: bool = False) -> Any:
    """Does `do` in this transaction, or gives the answer that was given before.

    secret: the answer is not kept, so that it is given once. Raises Invalid when it was, or when the key was used with
    another request, and the refusal that was given before.
    """
    if not _claim(session, key, now):
        return _stored(session, key)
    answer = do()
    if not secret:
        session.execute(_ANSWER, {**key.places(), "an_answer": {"result": answer}})
    return answer


def remember_refusal(session: Session, key: Key, now: datetime, refused: Refused) -> None:
    """Keeps a refusal as the key's first answer, in a transaction of its own: the command's was rolled back."""
    if _claim(session, key, now):
        session.execute(_ANSWER, {**key.places(), "an_answer": {"refused": refused.to_wire()}})


def purge(session: Session, before: datetime, batch: int = 1000) -> int:
    table = idempotency_keys.c
    old = select(table.actor_id, table.command, table.key).where(table.created_at < before).limit(batch)
    return affected(session, delete(idempotency_keys).where(tuple_(table.actor_id, table.command, table.key).in_(old)))


def forget(session: Session, actor_id: str, *, but: str | None = None) -> None:
    """Removes what an actor was answered: the person is erased. but: a command whose answers go in their time."""
    theirs = delete(idempotency_keys).where(idempotency_keys.c.actor_id == actor_id)
    session.execute(theirs if but is None else theirs.where(idempotency_keys.c.command != but))


def _claim(session: Session, key: Key, now: datetime) -> bool:
    return insert_once(
        session,
        idempotency_keys,
        actor_id=key.actor_id,
        command=key.command,
        key=key.key,
        fingerprint=key.fingerprint,
        created_at=now,
    )


def _stored(session: Session, key: Key) -> Any:
    row = session.execute(_FIND, key.places()).one()
    if row.fingerprint != key.fingerprint:
        raise Invalid("This idempotency key was used with another request.")
    if row.answer is None:
        raise Invalid("This was done and answered before, with a secret that is told once. Ask for a new one.")
    if "refused" in row.answer:
        raise Refused.from_wire(row.answer["refused"])
    return row.answer["result"]
