"""The rows of the outbox: which are due, and what became of them. Who publishes them is the relay (relay.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session, aliased

from services.chassis import clock
from services.chassis.db import affected
from services.chassis.tables import NOW, outbox

BATCH = 200
REPLAY_WINDOW = timedelta(days=30)
LONGEST_BACKOFF = timedelta(minutes=5)

log = structlog.get_logger("madang.outbox")


@dataclass(frozen=True)
class Outcome:
    """What became of rows, by their ids: published and confirmed, or, one for each subject, without a queue."""

    published: list[int] = field(default_factory=list)
    unroutable: dict[str, int] = field(default_factory=dict)


_EARLIER = aliased(outbox)
_HELD_BACK = (
    select(_EARLIER.c.id)
    .where(
        _EARLIER.c.published_at.is_(None),
        _EARLIER.c.next_attempt_at > NOW,
        _EARLIER.c.subject == outbox.c.subject,
        _EARLIER.c.id < outbox.c.id,
    )
    .exists()
)
_DUE = (
    select(outbox)
    .where(outbox.c.published_at.is_(None), outbox.c.next_attempt_at <= NOW, ~_HELD_BACK)
    .order_by(outbox.c.id)
    .limit(BATCH)
)
_UNPUBLISHED_LATER = outbox.c.published_at.is_(None), outbox.c.next_attempt_at > NOW
NEXT = select(
    func.coalesce(
        _DUE.with_only_columns(outbox.c.next_attempt_at).limit(1).scalar_subquery(),
        select(func.min(outbox.c.next_attempt_at)).where(*_UNPUBLISHED_LATER).scalar_subquery(),
        type_=outbox.c.next_attempt_at.type,
    )
)
"""When the next row is due: by a row that is due now, where there is one, for that is found by its index."""
_MARK = update(outbox).where(outbox.c.id.in_(bindparam("ids", expanding=True))).values(published_at=NOW, error=None)


def due(session: Session, now: datetime) -> Sequence[Any]:
    """Unpublished rows in order, without those that stand behind a row of their subject which backs off."""
    return session.execute(_DUE, {"now": now}).all()


def mark(session: Session, outcome: Outcome) -> None:
    if outcome.published:
        session.execute(_MARK, {"ids": outcome.published, "now": clock.now()})
    for subject, row_id in outcome.unroutable.items():
        _back_off(session, subject, row_id)


def _back_off(session: Session, subject: str, row_id: int) -> None:
    attempts = session.execute(select(outbox.c.attempts).where(outbox.c.id == row_id)).scalar_one() + 1
    wait = min(timedelta(seconds=2 ** min(attempts, 10)), LONGEST_BACKOFF)
    session.execute(
        update(outbox)
        .where(outbox.c.id == row_id)
        .values(attempts=attempts, next_attempt_at=clock.now() + wait, error="no queue is bound")
    )
    log.error("event_unroutable", outbox_id=row_id, subject=subject, attempts=attempts)


def unpublished(session: Session, limit: int = 100) -> Sequence[Any]:
    """Oldest first."""
    return session.execute(
        select(outbox).where(outbox.c.published_at.is_(None)).order_by(outbox.c.id).limit(limit)
    ).all()


def count_waiting(session: Session) -> int:
    return session.execute(select(func.count()).select_from(outbox).where(outbox.c.published_at.is_(None))).scalar_one()


def publish_recent_again(session: Session) -> int:
    """The embedded broker forgets with its process: what it was given in its last day is given to it again."""
    last = session.execute(select(func.max(outbox.c.published_at))).scalar_one()
    if last is None:
        return 0
    return republish(session, last - timedelta(days=1), last + timedelta(microseconds=1))


def republish(session: Session, start: datetime, end: datetime, event: str | None = None) -> int:
    """Events published in [start, end) are due again, under their own ids. Returns how many."""
    chosen = [outbox.c.published_at >= start, outbox.c.published_at < end]
    if event:
        chosen.append(outbox.c.event == event)
    again = session.execute(update(outbox).where(*chosen).values(published_at=None, next_attempt_at=clock.now()))
    return int(again.rowcount)  # type: ignore[attr-defined]


def purge(session: Session, now: datetime, batch: int = 1000) -> int:
    old = select(outbox.c.id).where(outbox.c.published_at < now - REPLAY_WINDOW).limit(batch)
    return affected(session, delete(outbox).where(outbox.c.id.in_(old)))
