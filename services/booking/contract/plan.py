"""Days of the centre, for the pages."""

from __future__ import annotations

from datetime import date, datetime

from services.booking.contract.closures import Closure
from services.booking.contract.period import check_period
from services.booking.contract.spaces import Space, TimelineDay, TimelineEntry
from services.chassis.contract import Answer, Part, Request
from services.chassis.fields import wrong_at
from services.chassis.i18n import msgid as _

plan = Part("booking", "plan", "Days of the centre, for the pages")


class PlannedSpace(Answer):
    space_id: str
    entries: list[TimelineEntry]


class PlannedDay(TimelineDay):
    """The entries are listed by space."""

    spaces: list[PlannedSpace]


class Fill(Answer):
    """Number of people who are inside a space without bookings now."""

    space_id: str
    inside: int
    capacity: int


class Plan(Answer):
    """first_day, last_day: days for which residents can apply today. opens_next: next opening, within a month."""

    now: datetime
    zone: str
    centre: str
    opens_next: datetime | None
    first_day: date
    last_day: date
    fewest_attendees: int
    spaces: list[Space]
    fill: list[Fill]
    closures: list[Closure]
    days: list[PlannedDay]


@plan.query()
class GetPlan(Request[Plan]):
    """Show all spaces on some days; without days, today. `end` is not included."""

    start: date | None = None
    end: date | None = None

    def check(self) -> None:
        if (self.start is None) != (self.end is None):
            raise wrong_at("end", _("Give both days or none."))
        if self.start is not None and self.end is not None:
            check_period(self.start, self.end)
