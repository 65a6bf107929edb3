"""The public-private network (민·관 네트워크). Source: DOMAIN, Network."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.chassis.errors import IllegalTransition
from services.training.contract.vocabulary import ActionStatus as Status


def done(status: str) -> Status:
    """Raises IllegalTransition."""
    if status != Status.OPEN:
        raise IllegalTransition(state=status, wanted="finish")
    return Status.DONE


def reminder(due_on: date, before: timedelta, zone: ZoneInfo) -> datetime:
    """Return when to remind the owner of an action: `before` the start of the day on which it is due."""
    return datetime.combine(due_on, time(), zone) - before
