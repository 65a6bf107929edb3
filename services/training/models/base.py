"""What every table of the service stands on. Constraints are the backstop of the rules, named as sentences."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date
from sqlalchemy.orm import DeclarativeBase

from services.chassis.tables import UtcDateTime


class Base(DeclarativeBase):
    type_annotation_map = {
        datetime: UtcDateTime,
        date: Date,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[Any]: JSON,
    }
