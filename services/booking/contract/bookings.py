"""Applications for a space, and their decisions."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Annotated

from services.booking.contract.period import check_order, check_period
from services.booking.contract.vocabulary import Kind, Purpose, RejectReason, Scope, Status
from services.centre.vocabulary import Field
from services.chassis.contract import (
    ABSENT,
    Absent,
    Answer,
    Doc,
    ListRequest,
    Named,
    Omittable,
    Page,
    Part,
    Request,
    Value,
)
from services.chassis.fields import ById, DayOrMoment, Id, Line, Paragraphs, Several, Whole, wrong
from services.chassis.i18n import msgid as _

bookings = Part("booking", "bookings", "Applications for a space, and their decisions")

ABOUT_ONE = (403, 404, 409)
MOST_ATTENDEES = 100_000

Attendees = Annotated[int, Whole(1, MOST_ATTENDEES)]
Quantities = Annotated[
    dict[str, Annotated[int, Whole(1, 10_000)]], ById(max=50), Doc(more={"examples": [{"projector": 1}]})
]
"""Equipment: quantity by id."""
Title = Annotated[str, Line(max=200)]
Note = Annotated[str | None, Paragraphs(max=2000, min=0)]
Series = Annotated[Scope, Doc("Which bookings of a series")]
DayOrTime = Annotated[date | datetime, DayOrMoment()]


class Recurrence(Value):
    """Several dates, all of which are booked or none. rrule: RFC 5545."""

    rrule: Annotated[
        str,
        Line(max=500),
        Doc(
            "An RRULE of RFC 5545: DAILY, WEEKLY or MONTHLY, with COUNT or UNTIL",
            {"examples": ["FREQ=WEEKLY;COUNT=6"]},
        ),
    ]
    exdates: Annotated[
        list[DayOrTime],
        Several(max=500),
        Doc("The days, or starts, that are left out", {"examples": [["2020-04-03"]]}),
    ] = dataclasses.field(default_factory=list)


class Exemption(Value):
    """Reason for a lower fee. ground: one of the centre profile."""

    ground: Annotated[Id, Doc(more={"examples": ["village_grant"]})]
    evidence: Annotated[str, Line(max=500)]


# --- answers


class Requester(Answer):
    """Both are empty for the booking of a course, and when the person was erased."""

    id: str
    name: str


class GrantedExemption(Answer):
    ground: str
    evidence: str


class Rule(Answer):
    """Recurrence of a series. exdates: days or times, as they were given. number: of its bookings in any state."""

    rrule: str
    exdates: list[DayOrTime]
    number: int


class Booking(Answer):
    """fee, refund: in won; refund is None while nothing is refunded. allowance_minutes: free because of a tenancy.

    decide_by: deadline of staff, while the booking is pending. recurrence: of a series. closure_id: of the closure that
    cancelled it.
    """

    id: str
    space_id: str
    status: Status
    kind: Kind
    title: str
    purpose: Purpose
    field: Field
    attendees: int
    equipment: dict[str, int]
    start: datetime
    end: datetime
    requester: Requester
    group_id: str | None
    series_id: str | None
    recurrence: Rule | None
    fee: int
    refund: int | None
    allowance_minutes: int
    exemption: GrantedExemption | None
    closure_id: str | None
    requested_at: datetime
    changed_at: datetime
    decide_by: datetime | None
    decided_at: datetime | None
    reason_code: Annotated[RejectReason | None, Doc(more={"enum": [*RejectReason, None]})]
    note: str | None
    version: int


class Occurrence(Answer):
    id: str
    status: Status
    start: datetime
    end: datetime


class ChangedBooking(Booking):
    """Answer of a command. occurrences: all bookings that the command was about."""

    occurrences: list[Occurrence]


class BookingOptions(Answer):
    """Steps that the owner can take now. refund: in won, of a cancellation now; None if it cannot be cancelled.

    check_in_from, check_in_until: of an approved booking that has not ended.
    """

    refund: int | None
    check_in_from: datetime | None
    check_in_until: datetime | None


# --- operations


@bookings.command("POST /bookings", status=201, refuses=ABOUT_ONE, body="NewBooking", location="/bookings/{id}")
class RequestBooking(Request[ChangedBooking]):
    """Apply for a space, once or on several dates.

    Its rooms are held from here on, until staff decide. What staff apply for is approved at once. Of several dates all
    are held or none; the answer is the first one.
    """

    space_id: Annotated[Id, Doc(more={"examples": ["edu-1"]})]
    start: Annotated[datetime, Doc(more={"examples": ["2020-03-20T10:00:00+09:00"]})]
    end: Annotated[datetime, Doc(more={"examples": ["2020-03-20T12:00:00+09:00"]})]
    title: Title
    purpose: Purpose
    attendees: Attendees
    group_id: Annotated[Id | None, Doc("A group that the applicant belongs to")] = None
    equipment: Quantities = dataclasses.field(default_factory=dict)
    recurrence: Recurrence | None = None
    field: Annotated[Field, Doc("The field of the centre's work that it belongs to; by default both")] = Field.BOTH
    exemption: Exemption | None = None

    def check(self) -> None:
        check_period(self.start, self.end)


@bookings.query("GET /bookings")
class ListBookings(ListRequest[Page[Booking]]):
    """List bookings, the newest first.

    Staff and auditors see all of them, others their own and those of their groups.
    """

    status: Status | None = None
    space_id: Id | None = None
    group_id: Id | None = None
    requester_id: Id | None = None
    series_id: Id | None = None
    since: Annotated[DayOrTime | None, Named("from"), Doc("A day or a time")] = None
    until: Annotated[DayOrTime | None, Named("to"), Doc("A day or a time, not included")] = None
    own: Annotated[bool, Doc("Only mine and my groups', for staff, too")] = False

    def check(self) -> None:
        check_order(self.since, self.until, "until")


@bookings.query("GET /bookings/{booking_id}", refuses=(404,))
class GetBooking(Request[Booking]):
    """Show a booking."""

    booking_id: Id


@bookings.query()
class GetBookingOptions(Request[BookingOptions]):
    """Show what its owner can do with a booking now."""

    booking_id: Id


@bookings.command("PATCH /bookings/{booking_id}", refuses=(404, 409), body="BookingChange")
class ChangeBooking(Request[ChangedBooking]):
    """Change a booking of mine or of my group, or more of its series: all of them or none.

    Staff decide anew upon what they have not changed themselves.
    """

    booking_id: Id
    space_id: Omittable[Id] = None
    start: Omittable[datetime] = None
    end: Omittable[datetime] = None
    title: Omittable[Title] = None
    purpose: Omittable[Purpose] = None
    attendees: Omittable[Annotated[Attendees, Doc(more={"examples": [15]})]] = None
    equipment: Omittable[Quantities] = None
    field: Omittable[Field] = None
    exemption: Exemption | Absent | None = ABSENT
    scope: Series = Scope.THIS
    version: Omittable[
        Annotated[
            int,
            Whole(1, 2**31 - 1),
            Doc(
                "`version` of the booking as it was read: 409 `stale_version` if it has changed since",
                {"examples": [1]},
            ),
        ]
    ] = None

    def check(self) -> None:
        if self.start is not None and self.end is not None:
            check_period(self.start, self.end)
        particulars = (self.title, self.purpose, self.attendees, self.equipment, self.field)
        changes = (self.space_id, self.start, self.end, *particulars)
        if self.exemption is ABSENT and all(each is None for each in changes):
            raise wrong(_("Say what is to change."))


@bookings.command("POST /bookings/{booking_id}/approve", refuses=ABOUT_ONE, body="Approval")
class ApproveBooking(Request[ChangedBooking]):
    """Approve an application. For staff."""

    booking_id: Id
    scope: Series = Scope.ALL


@bookings.command("POST /bookings/{booking_id}/reject", refuses=ABOUT_ONE, body="Rejection")
class RejectBooking(Request[ChangedBooking]):
    """Reject an application, for a reason. For staff."""

    booking_id: Id
    reason_code: RejectReason
    note: Annotated[Note, Doc("For the applicant to read")] = None
    scope: Series = Scope.ALL


@bookings.command("POST /bookings/{booking_id}/cancel", refuses=ABOUT_ONE, body="Cancellation")
class CancelBooking(Request[ChangedBooking]):
    """Cancel a booking of mine or of my group, or more of its series. Staff cancel any.

    The fee is refunded by the days that are left.
    """

    booking_id: Id
    scope: Series = Scope.THIS
    note: Note = None
    force_majeure: Annotated[bool, Doc("The whole fee is refunded. For staff")] = False


@bookings.command("POST /bookings/{booking_id}/check-in", refuses=(404, 409))
class CheckIn(Request[Booking]):
    """Say that those who booked are there. From a little before the start to a little after it."""

    booking_id: Id
