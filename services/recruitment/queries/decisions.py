"""The audit log of a call and its applications."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.errors import Invalid
from services.recruitment.models import Decision
from services.recruitment.schemas.selection import FindDecisions


def find_decisions(session: Session, find: FindDecisions) -> Sequence[Decision]:
    """Newest first, one more than the limit when there are more. Raises Invalid for a cursor that is none."""
    chosen = select(Decision).where(Decision.call_id == find.call_id)
    if find.subject_id is not None:
        chosen = chosen.where(Decision.subject_id == find.subject_id)
    if find.cursor is not None:
        chosen = chosen.where(Decision.id < number_in(find.cursor))
    return session.scalars(chosen.order_by(Decision.id.desc()).limit(find.limit + 1)).all()


def number_in(cursor: str) -> int:
    """Raises Invalid."""
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:
        raise Invalid(errors={"cursor": ["Give the next_cursor of the page before."]})
    return int(cursor)
