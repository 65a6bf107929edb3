"""The calendar of a call, and the rules that it follows. Source: DOMAIN, Recruitment (call)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Self
from zoneinfo import ZoneInfo

from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _

NOT_BEFORE = {
    "intake_opens_at": _("This must not be before the notice."),
    "intake_closes_at": _("This must be after the intake opens."),
    "screening_on": _("This must not be before the intake closes."),
    "interviews_start": _("This must not be before the screening."),
    "interviews_end": _("This must be after the interviews start."),
    "result_on": _("This must not be before the interviews end."),
    "contract_by": _("This must not be before the result."),
    "move_in_on": _("This must not be before the contract."),
}


@dataclass(frozen=True)
class Calendar:
    """The days and moments of a call, in their order. Applications are taken in [intake_opens_at, intake_closes_at)."""

    notice_on: date
    intake_opens_at: datetime
    intake_closes_at: datetime
    screening_on: date
    interviews_start: datetime
    interviews_end: datetime
    result_on: date
    contract_by: date
    move_in_on: date

    @classmethod
    def of(cls, source: object) -> Self:
        """Return the calendar of a call, or of a command that has the same names."""
        return cls(**{name: getattr(source, name) for name in DATES})

    def require_order(self, zone: ZoneInfo) -> None:
        """Raises Invalid at each day that comes too early."""
        errors = {name: [NOT_BEFORE[name]] for name in self._out_of_order(zone)}
        if errors:
            raise Invalid(errors=errors)

    def _out_of_order(self, zone: ZoneInfo) -> Iterator[str]:
        if self.intake_opens_at >= self.intake_closes_at:
            yield "intake_closes_at"
        if self.interviews_start >= self.interviews_end:
            yield "interviews_end"
        for before, name in pairwise(vars(self)):
            if _day(getattr(self, name), zone) < _day(getattr(self, before), zone):
                yield name


DATES = tuple(Calendar.__dataclass_fields__)
"""Names of the days and moments, in their order."""


def _day(at: date | datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date() if isinstance(at, datetime) else at
