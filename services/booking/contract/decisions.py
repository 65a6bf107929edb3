"""The audit log of decisions about bookings, and statistics."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from dateutil.relativedelta import relativedelta

from services.booking.contract.period import check_order
from services.booking.contract.spaces import DayAfter, FirstDay
from services.booking.contract.vocabulary import Action, Purpose, RejectReason, Status
from services.centre.vocabulary import Field
from services.chassis.contract import ABSENT, Absent, Answer, Doc, ListRequest, Page, Part, Request
from services.chassis.fields import Id, wrong_at
from services.chassis.i18n import msgid as _

decisions = Part("booking", "decisions", "What was decided about bookings, and statistics of them")

MOST_YEARS = 2
Month = Annotated[str, Doc(more={"pattern": r"^[0-9]{4}-[0-9]{2}$", "examples": ["2020-03"]})]


# --- answers


class Snapshot(Answer):
    """A booking before or after a decision. A new booking has nothing before.

    Fields that an older version did not record are absent, and so is the text of a person who was erased.
    """

    status: Status | Absent = ABSENT
    space_id: str | Absent = ABSENT
    starts_at: datetime | Absent = ABSENT
    ends_at: datetime | Absent = ABSENT
    title: str | Absent = ABSENT
    purpose: Purpose | Absent = ABSENT
    attendees: int | Absent = ABSENT
    equipment: dict[str, int] | Absent = ABSENT
    fee: int | Absent = ABSENT
    refund: int | Absent | None = ABSENT
    reason_code: Annotated[RejectReason | Absent | None, Doc(more={"enum": [*RejectReason, None]})] = ABSENT
    note: str | Absent | None = ABSENT
    closure_id: str | Absent | None = ABSENT


class BookingDecision(Answer):
    """actor_id: `madang:…` is the centre itself."""

    booking_id: str
    at: datetime
    actor_id: str
    action: Action
    before: Snapshot
    after: Snapshot


class SpaceMonth(Answer):
    """Bookings of one space in one month and field. A booking counts in the month in which it begins, in one number.

    bookings: approved ones and those that took place. attendees, hours: of these alone. hours: on the days of the
    month, so that a booking over the end of a month has hours in both; without buffers.
    """

    space_id: str
    month: Month
    field: Field
    bookings: int
    attendees: int
    hours: float
    pending: int
    cancelled: int
    rejected: int
    expired: int
    no_shows: int


class Utilisation(Answer):
    """Use of a space in a month: for bookings of its own, and of spaces that it is a part of.

    open_hours: of the centre, without regard to closures. utilisation: hours / open_hours, rounded to 0.0001; None if
    the centre was never open; above 1 if the space was used beyond its hours.
    """

    space_id: str
    month: Month
    hours: float
    open_hours: float
    utilisation: float | None


class WalkInMonth(Answer):
    """came: number of people who came without a booking."""

    space_id: str
    month: Month
    came: int


class Statistics(Answer):
    """rows: existing ones, by month, space and field. utilisation: every space in every month.

    A month that was asked for in part has the numbers of that part.
    """

    start: date
    end: date
    zone: str
    rows: list[SpaceMonth]
    utilisation: list[Utilisation]
    walk_ins: list[WalkInMonth]


# --- operations


@decisions.query("GET /decisions", refuses=(403,))
class ListDecisions(ListRequest[Page[BookingDecision]]):
    """Read the audit log, the newest first: who did what to a booking, and when. For staff and auditors."""

    booking_id: Id | None = None
    actor_id: Id | None = None
    action: Action | None = None


@decisions.query("GET /statistics/bookings", refuses=(403,))
class GetStatistics(Request[Statistics]):
    """Count the bookings and hours by space, month and field of work. At most 2 years. For staff and auditors."""

    start: FirstDay
    end: DayAfter

    def check(self) -> None:
        check_order(self.start, self.end, "end")
        if self.end > self.start + relativedelta(years=MOST_YEARS):
            raise wrong_at("end", _("At most %(years)d years after the start."), years=MOST_YEARS)
