"""Periods that requests give, and their limits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TypeVar

from services.chassis.fields import wrong_at
from services.chassis.i18n import msgid as _

At = TypeVar("At", date, datetime)
LONGEST = timedelta(days=31)
"""Length of the longest booking. A hold or a use lasts no longer, except for its buffers."""


def check_period(start: At, end: At) -> None:
    """Raise ValidationError for `end` if it is not after the start, or more than LONGEST after it."""
    check_order(start, end, "end")
    if end - start > LONGEST:
        raise wrong_at("end", _("At most %(days)d days after the start."), days=LONGEST.days)


def check_order(start: date | datetime | None, end: date | datetime | None, name: str) -> None:
    """Raise ValidationError for the field `name`, which gives the end, if it is not after the start.

    A day, a local time and a time with an offset are only compared with their own kind: the centre's time zone is not
    known here.
    """
    if start is not None and end is not None and _kind(start) == _kind(end) and end <= start:
        raise wrong_at(name, _("This must be after the start."))


def _kind(at: date | datetime) -> tuple[bool, bool]:
    return isinstance(at, datetime), isinstance(at, datetime) and at.tzinfo is not None
