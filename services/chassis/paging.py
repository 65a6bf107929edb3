"""Pages of lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TypeVar

Row = TypeVar("Row")


def page(
    rows: Sequence[Row], limit: int, view: Callable[[Row], object], key: Callable[[Row], object] = attrgetter("id")
) -> dict[str, object]:
    """Return a page with its views and the cursor of the next one. Arguments as of `cut`."""
    page_rows, next_cursor = cut(rows, limit, key)
    return {"items": [view(each) for each in page_rows], "next_cursor": next_cursor}


def cut(
    rows: Sequence[Row], limit: int, key: Callable[[Row], object] = attrgetter("id")
) -> tuple[Sequence[Row], str | None]:
    """Return the rows of a page and the cursor of the next one.

    rows: one more than the limit if there are more. key: attribute of the last row that is the cursor.
    """
    return rows[:limit], str(key(rows[limit - 1])) if len(rows) > limit else None
