"""Dead letters: events that were given up. List, show, replay, discard; all of it is rows of the inbox, asked with SQL.

A replayed event waits as if it had just come and is done once; a discarded one stays known, so that it is not done
when the broker or a replay brings it again. What could not be read at all can only be discarded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.chassis import clock, db
from services.chassis.errors import IllegalTransition
from services.chassis.inbox import State
from services.chassis.tables import inbox


def dead(session: Session, limit: int = 100) -> Sequence[Any]:
    """The newest first."""
    return session.execute(
        select(inbox).where(inbox.c.state == State.DEAD).order_by(inbox.c.received_at.desc()).limit(limit)
    ).all()


def of_event(session: Session, event_id: str) -> Sequence[Any]:
    """Every dead row of the event, one for each consumer that gave it up."""
    return session.execute(select(inbox).where(inbox.c.event_id == event_id, inbox.c.state == State.DEAD)).all()


def replay(session: Session, event_id: str) -> int:
    """The event is tried again at once, with all its attempts. Returns by how many consumers. Raises
    IllegalTransition.
    """
    if any(row.event == "unreadable" for row in of_event(session, event_id)):
        raise IllegalTransition(state="unreadable", wanted="replayed")
    db.wake_after_commit(session, "retry_inbox")
    return _move(session, event_id, state=State.WAITING, attempts=0, next_attempt_at=clock.now(), error=None)


def discard(session: Session, event_id: str) -> int:
    """The event is given up for good. Returns for how many consumers."""
    return _move(session, event_id, state=State.DISCARDED, next_attempt_at=None)


def _move(session: Session, event_id: str, **values: Any) -> int:
    dead_rows = inbox.c.event_id == event_id, inbox.c.state == State.DEAD
    return db.affected(session, update(inbox).where(*dead_rows).values(**values))
