"""Data of a person."""

from __future__ import annotations

from datetime import datetime

from services.booking.contract.bookings import Booking
from services.booking.contract.decisions import Snapshot
from services.booking.contract.vocabulary import Action
from services.chassis.contract import Answer, ListRequest, Part
from services.chassis.fields import Id

people = Part("booking", "people", "Data of a person")


class OwnDecision(Answer):
    """Decision about a booking of the person. own: the person's; another person is not named."""

    at: datetime
    action: Action
    own: bool
    before: Snapshot
    after: Snapshot


class ExportedBooking(Booking):
    """decisions: oldest first."""

    decisions: list[OwnDecision]


class MadeDecision(Answer):
    """Decision of the person about a booking of somebody else, whose content is not the person's."""

    booking_id: str
    at: datetime
    action: Action


class Penalty(Answer):
    """A point for a booking to which nobody came. ban_until: end of the ban that it brought."""

    booking_id: str
    imposed_at: datetime
    ban_until: datetime | None


class DeclaredClosure(Answer):
    closure_id: str
    declared_at: datetime
    reason: str


class BookingExport(Answer):
    """bookings, decisions (about bookings of others): of this page, oldest first. The rest is on every page.

    banned_until: if the person is banned now.
    """

    person_id: str
    bookings: list[ExportedBooking]
    decisions: list[MadeDecision]
    penalties: list[Penalty]
    banned_until: datetime | None
    closures: list[DeclaredClosure]
    has_calendar_address: bool


class PersonExport(BookingExport):
    next_cursor: str | None


@people.query()
class ExportPerson(ListRequest[PersonExport]):
    """Show the data of a person. Without an id, one's own; staff may name anybody."""

    person_id: Id | None = None
