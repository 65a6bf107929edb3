"""Pages of lists. Ids grow with time, so they are the order and the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from services.chassis.contract import ListRequest

T = TypeVar("T")


def newest_first(
    session: Session, chosen: Select[T], key: InstrumentedAttribute[str], request: ListRequest[object]
) -> tuple[Sequence[T], str | None]:
    """Return the rows of a page, and the cursor of the next page."""
    if request.cursor is not None:
        chosen = chosen.where(key < request.cursor)
    rows = session.scalars(chosen.order_by(key.desc()).limit(request.limit + 1)).all()
    shown = rows[: request.limit]
    return shown, getattr(shown[-1], key.key) if len(rows) > request.limit else None
