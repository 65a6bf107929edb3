"""The public-private network (민·관 네트워크). Source: DOMAIN, Network."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.chassis.errors import IllegalTransition


class Side(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"


class Status(StrEnum):
    OPEN = "open"
    DONE = "done"


def done(status: str) -> Status:
    """Raises IllegalTransition."""
    if status != Status.OPEN:
        raise IllegalTransition(state=status, wanted="finish")
    return Status.DONE


def reminder(due_on: date, before: timedelta, zone: ZoneInfo) -> datetime:
    """When the owner of an action is told: as the day on which it is due begins, or so long before."""
    return datetime.combine(due_on, time(), zone) - before
