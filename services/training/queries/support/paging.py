"""Pages of a list: ordered by id, which grows with time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select
from sqlalchemy.orm import Session


class Page(NamedTuple):
    items: Sequence[Any]
    next_cursor: str | None


def newest_first(session: Session, chosen: Select[Any], key: Any, *, limit: int, cursor: str | None) -> Page:
    """Whole rows of the first thing that is selected."""
    if cursor is not None:
        chosen = chosen.where(key < cursor)
    return _page(session, chosen.order_by(key.desc()), limit)


def by_id(session: Session, chosen: Select[Any], key: Any, *, limit: int, cursor: str | None) -> Page:
    if cursor is not None:
        chosen = chosen.where(key > cursor)
    return _page(session, chosen.order_by(key), limit)


def _page(session: Session, chosen: Select[Any], limit: int) -> Page:
    found = session.scalars(chosen.limit(limit + 1)).all()
    shown = found[:limit]
    return Page(shown, shown[-1].id if len(found) > limit else None)
