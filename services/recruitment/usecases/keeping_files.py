"""What the store must let go: files that nothing refers to any more. A file is removed after the commit that gave it up
and before its row goes, so that a killed run goes on where it was.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.recruitment.models import DiscardedFile, Document

BATCH = 100


def discarded_files(session: Session) -> Sequence[str]:
    """The keys of a batch."""
    oldest_first = select(DiscardedFile.key).order_by(DiscardedFile.discarded_at, DiscardedFile.key)
    return session.scalars(oldest_first.limit(BATCH)).all()


def forget_files(session: Session, keys: Collection[str]) -> None:
    session.execute(delete(DiscardedFile).where(DiscardedFile.key.in_(keys)))


def unknown_files(session: Session, keys: Collection[str]) -> set[str]:
    """Those of the keys that no document has."""
    return set(keys) - set(session.scalars(select(Document.key).where(Document.key.in_(keys))))
