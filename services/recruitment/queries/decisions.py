"""The audit log of a call and its applications."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.errors import Invalid
from services.recruitment.contract.selection import ListSelectionDecisions
from services.recruitment.models import Decision


def find_decisions(session: Session, request: ListSelectionDecisions) -> Sequence[Decision]:
    """Newest first, one more than the limit if there are more. Raises Invalid for a cursor that is none."""
    chosen = select(Decision).where(Decision.call_id == request.call_id)
    if request.subject_id is not None:
        chosen = chosen.where(Decision.subject_id == request.subject_id)
    if request.cursor is not None:
        chosen = chosen.where(Decision.id < number_in(request.cursor))
    return session.scalars(chosen.order_by(Decision.id.desc()).limit(request.limit + 1)).all()


def number_in(cursor: str) -> int:
    """Raises Invalid."""
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:
        raise Invalid(errors={"cursor": ["Give the next_cursor of the page before."]})
    return int(cursor)
