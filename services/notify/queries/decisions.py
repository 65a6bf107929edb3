"""Reads: the audit log."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notify.models.decisions import Decision
from services.notify.schemas.texts import FindDecisions


def find(session: Session, find: FindDecisions) -> Sequence[Decision]:
    """Newest first, one more than the limit when there are more."""
    chosen = select(Decision).where(Decision.subject_id == find.subject_id)
    if find.cursor is not None:
        chosen = chosen.where(Decision.id < find.cursor)
    return session.scalars(chosen.order_by(Decision.id.desc()).limit(find.limit + 1)).all()
