"""What every table of the service stands on. Constraints are the backstop of the rules, named as sentences."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, text
from sqlalchemy.orm import DeclarativeBase

from services.chassis.tables import UtcDateTime

NOBODY = ""
"""The person or organisation of a row whose own were erased: nobody in particular."""


class Base(DeclarativeBase):
    type_annotation_map = {
        datetime: UtcDateTime,
        date: Date,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
    }


def where(condition: str) -> dict[str, Any]:
    """For an index over some of the rows."""
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}
