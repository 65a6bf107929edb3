"""My bookings: what I have applied for, cancelling, checking in, the calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import request

from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.api.operations import ask
from services.gateway.web import forms
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, live, page, pages, person_only
from services.gateway.web.words import say, won

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
LIVE = {"pending", "approved", "checked_in"}


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
    own = ask("booking", "list_bookings", {"limit": MOST, "own": True})["items"]
    coming = [each for each in own if each["status"] in LIVE and datetime.fromisoformat(each["end"]) > plan.now]
    ids = {each["id"] for each in coming}
    return {
        "names": plan.names,
        "coming": sorted(coming, key=_start),
        "past": sorted((each for each in own if each["id"] not in ids), key=_start, reverse=True),
    }


@pages.get("/bookings/<booking_id>")
@person_only
def show_booking(booking_id: str) -> Any:
    return _shown(booking_id)


@pages.post("/bookings/<booking_id>/cancel")
@person_only
def cancel_booking(booking_id: str) -> Any:
    wanted: dict[str, Any] = {"booking_id": booking_id}
    if request.form.get("scope") in {"this", "following", "all"}:
        wanted["scope"] = request.form["scope"]
    return _done(booking_id, lambda: ask("booking", "cancel_booking", wanted), "cancelled")


@pages.post("/bookings/<booking_id>/check-in")
@person_only
def check_in(booking_id: str) -> Any:
    return _done(booking_id, lambda: ask("booking", "check_in", {"booking_id": booking_id}), "checked_in")


def _done(booking_id: str, do: Callable[[], Any], told_as: str) -> Any:
    return forms.done(do, lambda complaints: _shown(booking_id, complaints), f"/bookings/{booking_id}", told_as)


@pages.post("/calendar")
@person_only
def make_calendar_address() -> Any:
    """The secret is shown this once."""
    secret = forms.submit(lambda: ask("booking", "create_calendar_address"), {})["secret"]
    return page("calendar.html", address=f"{request.host_url}api/v1/calendars/{secret}.ics")


@pages.get("/bookings/<booking_id>/facts")
@person_only
def show_booking_facts(booking_id: str) -> Any:
    return live("booking_facts.html", **_facts(booking_id))


def _facts(booking_id: str) -> dict[str, Any]:
    booking = ask("booking", "get_booking", {"booking_id": booking_id})
    names = Plan.of().names
    return {
        "booking": booking,
        "name": names.get(booking["space_id"], booking["space_id"]),
        "own": _is_own(booking),
    }


def _shown(booking_id: str, complaints: forms.Complaints | None = None) -> Any:
    booking = ask("booking", "get_booking", {"booking_id": booking_id})
    plan = Plan.of()
    actor = incoming.context().actor
    reader_only = actor.has_role(*READERS) and not actor.has_role("staff", "director") and not _is_own(booking)
    options: Mapping[str, Any] = {"refund": None, "check_in_from": None}
    if not reader_only:
        options = ask("booking", "get_booking_options", {"booking_id": booking_id})
    opens = options["check_in_from"]
    return page(
        "booking.html",
        booking=booking,
        name=plan.names.get(booking["space_id"], booking["space_id"]),
        options=options,
        can_arrive=bool(opens) and datetime.fromisoformat(opens) <= plan.now,
        own=_is_own(booking),
        refund=_refund_told(booking, options["refund"]),
        complaints=complaints,
        told=TOLD,
    )


def _refund_told(booking: Mapping[str, Any], refund: int | None) -> str | None:
    """What a cancellation would bring, in words."""
    if refund is None:
        return None
    if not booking["fee"]:
        return say("There is nothing to pay, and nothing to give back.")
    if refund == booking["fee"]:
        return say("You get the whole fee back: %(refund)s.", refund=won(refund))
    if not refund:
        return say("It is too late for any of the fee to be given back.")
    return say("Of %(fee)s you get %(refund)s back.", fee=won(booking["fee"]), refund=won(refund))


def _is_own(booking: Mapping[str, Any]) -> bool:
    actor = incoming.context().actor
    return booking["requester"]["id"] == actor.id or booking["group_id"] in actor.orgs


def _start(booking: Mapping[str, Any]) -> str:
    return str(booking["start"])
