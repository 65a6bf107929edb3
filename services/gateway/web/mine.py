"""My bookings: the list, cancelling, checking in, and the calendar address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import request

from services.booking.contract.bookings import (
    Booking,
    BookingOptions,
    CancelBooking,
    CheckIn,
    GetBooking,
    GetBookingOptions,
    ListBookings,
)
from services.booking.contract.calendars import CreateCalendarAddress
from services.booking.contract.spaces import ListSpaces
from services.booking.contract.vocabulary import Scope, Status
from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, live, page, pages, person_only
from services.gateway.web.words import choices, say, won

MOST = 100
TOLD = {
    "applied": _("We have your application, and the room is held for you. You will hear from us soon."),
    "booked": _("Booked."),
    "cancelled": _("Cancelled. The room is free for others now."),
    "checked_in": _("Checked in. Have a good time."),
    "approved": _("Approved."),
    "rejected": _("Not approved. The applicant will read why."),
    "done": _("Done. Thank you."),
}
LIVE = {Status.PENDING, Status.APPROVED, Status.CHECKED_IN}


@pages.get("/bookings")
@person_only
def show_bookings() -> Any:
    return page("bookings.html", **_own(), told=TOLD)


@pages.get("/bookings/list")
@person_only
def show_booking_list() -> Any:
    return live("bookings_part.html", **_own())


def _own() -> dict[str, Any]:
    plan = Plan.of()
    own = ask(ListBookings(limit=MOST, own=True)).items
    coming = [each for each in own if each.status in LIVE and each.end > plan.now]
    return {
        "names": plan.names,
        "coming": sorted(coming, key=_start),
        "past": sorted((each for each in own if each not in coming), key=_start, reverse=True),
    }


@pages.get("/bookings/<booking_id>")
@person_only
def show_booking(booking_id: str) -> Any:
    return _shown(booking_id)


@pages.post("/bookings/<booking_id>/cancel")
@person_only
def cancel_booking(booking_id: str) -> Any:
    scope = request.form.get("scope", "")
    command = CancelBooking(booking_id=booking_id, scope=Scope(scope) if scope in set(Scope) else Scope.THIS)
    return _done(booking_id, lambda: ask(command), "cancelled")


@pages.post("/bookings/<booking_id>/check-in")
@person_only
def check_in(booking_id: str) -> Any:
    return _done(booking_id, lambda: ask(CheckIn(booking_id=booking_id)), "checked_in")


def _done(booking_id: str, do: Callable[[], Booking], notice: str) -> Any:
    return forms.done(do, lambda complaints: _shown(booking_id, complaints), f"/bookings/{booking_id}", notice)


@pages.post("/calendar")
@person_only
def make_calendar_address() -> Any:
    """The secret is shown this once."""
    secret = forms.submit(lambda: ask(CreateCalendarAddress()), {}).secret
    return page("calendar.html", address=f"{request.host_url}api/v1/calendars/{secret}.ics")


@pages.get("/bookings/<booking_id>/facts")
@person_only
def show_booking_facts(booking_id: str) -> Any:
    return live("booking_facts.html", **_facts(booking_id))


def _facts(booking_id: str) -> dict[str, Any]:
    booking = ask(GetBooking(booking_id=booking_id))
    return {
        "booking": booking,
        "name": Plan.of().names.get(booking.space_id, booking.space_id),
        "ground": _exemption_ground(booking),
        "own": _is_own(booking),
    }


def _shown(booking_id: str, complaints: forms.Complaints | None = None) -> Any:
    booking = ask(GetBooking(booking_id=booking_id))
    plan = Plan.of()
    actor = incoming.context().actor
    reader_only = actor.has_role(*READERS) and not actor.has_role("staff", "director") and not _is_own(booking)
    options = BookingOptions(refund=None, check_in_from=None, check_in_until=None)
    if not reader_only:
        options = ask(GetBookingOptions(booking_id=booking_id))
    opens = options.check_in_from
    return page(
        "booking.html",
        booking=booking,
        name=plan.names.get(booking.space_id, booking.space_id),
        ground=_exemption_ground(booking),
        options=options,
        can_arrive=opens is not None and opens <= plan.now,
        own=_is_own(booking),
        refund=_refund_sentence(booking, options.refund),
        scopes=choices(Scope),
        complaints=complaints,
        told=TOLD,
    )


def _exemption_ground(booking: Booking) -> str | None:
    """Return its name. A ground that the centre no longer has is shown by its id."""
    if booking.exemption is None:
        return None
    names = {each.id: each.name for each in ask(ListSpaces()).exemptions}
    return names.get(booking.exemption.ground, booking.exemption.ground)


def _refund_sentence(booking: Booking, refund: int | None) -> str | None:
    """Say how much a cancellation would refund."""
    if refund is None:
        return None
    if not booking.fee:
        return say("There is nothing to pay, and nothing to give back.")
    if refund == booking.fee:
        return say("You get the whole fee back: %(refund)s.", refund=won(refund))
    if not refund:
        return say("It is too late for any of the fee to be given back.")
    return say("Of %(fee)s you get %(refund)s back.", fee=won(booking.fee), refund=won(refund))


def _is_own(booking: Booking) -> bool:
    actor = incoming.context().actor
    return booking.requester.id == actor.id or booking.group_id in actor.orgs


def _start(booking: Booking) -> datetime:
    return booking.start
