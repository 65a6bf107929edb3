"""The locks of the support work. Each command locks one kind of thing, and where it locks several of them, in the order
of their ids. (SQLite has one writer anyway.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.errors import NotFound
from services.training.models.base import Base

Row = TypeVar("Row", bound=Base)


def lock(session: Session, table: type[Row], key: str, missing: str) -> Row:
    """The row, which nobody else changes until the end of the transaction. Raises NotFound with the message
    `missing`.
    """
    found = session.get(table, key, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound(missing)
    return found


def lock_all(session: Session, table: type[Row]) -> Sequence[Row]:
    """For who decides by everybody's load, or has others make way."""
    wanted = select(table).order_by(*table.__table__.primary_key).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).all()
