"""Spaces, when they are free, and people who come without a booking."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Annotated

from services.booking.contract.bookings import Attendees, Quantities, Recurrence
from services.booking.contract.period import check_period
from services.booking.contract.vocabulary import Status
from services.chassis.answers import Refusal
from services.chassis.contract import Answer, Doc, Named, Part, Request
from services.chassis.fields import Id, Whole, wrong_at
from services.chassis.i18n import msgid as _

spaces = Part("booking", "spaces", "The spaces of the centre, and when they are free")

MOST_AT_ONCE = 1000
FirstDay = Annotated[date, Named("from"), Doc("The first day")]
DayAfter = Annotated[date, Named("to"), Doc("The day after the last one")]
LocalName = Annotated[str, Doc("In the caller's language")]


# --- answers


class Space(Answer):
    """rooms: the rooms that it occupies; several for a space that is made of others."""

    id: str
    name: LocalName
    names: dict[str, str]
    capacity: int
    rooms: list[str]
    buffer_minutes: int
    walk_in: bool
    fee_per_hour: Annotated[int, Doc("In won")]


class Equipment(Answer):
    id: str
    name: LocalName
    names: dict[str, str]
    quantity: int


class ExemptionGround(Answer):
    """percent: share of the fee that is waived."""

    id: str
    name: LocalName
    names: dict[str, str]
    percent: int


class SpaceList(Answer):
    """equipment: of the centre, for all of its spaces together. exemptions: grounds that applications can name."""

    items: list[Space]
    equipment: list[Equipment]
    exemptions: list[ExemptionGround]


class TimelineEntry(Answer):
    """booking_id, title: only for staff and for the owners of the booking."""

    space_id: str
    status: Status
    start: datetime
    end: datetime
    held_from: datetime
    held_until: datetime
    booking_id: str | None
    title: str | None


class TimelineDay(Answer):
    date: date
    opens: datetime | None
    closes: datetime | None
    holiday: str | None
    entries: list[TimelineEntry]


class Timeline(Answer):
    space_id: str
    zone: str
    days: list[TimelineDay]


class Availability(Answer):
    space: Space
    available: bool
    refusals: list[Refusal]


class AvailabilityList(Answer):
    items: list[Availability]


class WalkIns(Answer):
    """came: number of people who came on this day so far."""

    space_id: str
    day: date
    inside: int
    came: int
    capacity: int


class SpaceToday(Answer):
    space: Space
    entries: list[TimelineEntry]


class Today(TimelineDay):
    """The entries are listed by space. opens_next: next opening, within a month."""

    now: datetime
    zone: str
    centre: str
    opens_next: datetime | None
    spaces: list[SpaceToday]


# --- operations


@spaces.query("GET /spaces", public=True)
class ListSpaces(Request[SpaceList]):
    """List the spaces."""


@spaces.query("GET /spaces/{space_id}/timeline", refuses=(404,), public=True)
class GetTimeline(Request[Timeline]):
    """Show a space's days: opening hours, holidays, and when it is taken. At most 31 days."""

    space_id: Id
    start: FirstDay
    end: DayAfter

    def check(self) -> None:
        check_period(self.start, self.end)


@spaces.query()
class GetToday(Request[Today]):
    """Show all spaces today."""


@spaces.query()
class SearchAvailability(Request[AvailabilityList]):
    """Say of every space whether it can be booked for this time, or all of these times, and if not, why."""

    start: datetime
    end: datetime
    attendees: Attendees | None = None
    equipment: Quantities = dataclasses.field(default_factory=dict)
    recurrence: Recurrence | None = None

    def check(self) -> None:
        check_period(self.start, self.end)


@spaces.command("POST /spaces/{space_id}/walk-ins", refuses=(403, 404, 409))
class ChangeWalkIns(Request[WalkIns]):
    """Count people who come by without a booking, in and out. Anybody counts themselves, staff several at once."""

    space_id: Id
    change: Annotated[
        int,
        Whole(-MOST_AT_ONCE, MOST_AT_ONCE),
        Doc("How many come, or go when it is below zero", {"not": {"const": 0}}),
    ]

    def check(self) -> None:
        if self.change == 0:
            raise wrong_at("change", _("Nobody comes and nobody goes: give another number than 0."))
