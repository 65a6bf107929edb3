"""What the tables of the support work share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

NOBODY = ""
"""The person of something whose person was erased: nobody in particular."""


def where(condition: str) -> dict[str, Any]:
    """For an index over some of the rows."""
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}
