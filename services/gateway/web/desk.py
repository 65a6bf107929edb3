"""For staff: waiting work, oldest first, decided without leaving the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request

from services.booking.contract.bookings import ApproveBooking, Booking, GetBooking, ListBookings, RejectBooking
from services.booking.contract.vocabulary import RejectReason, Status
from services.gateway.client import ask
from services.gateway.rpc import ask as call
from services.gateway.web import forms, waits
from services.gateway.web.addresses import redirect_with_notice
from services.gateway.web.mine import TOLD
from services.gateway.web.plan import Plan
from services.gateway.web.shell import STAFF, is_part, live, page, pages, roles_only
from services.gateway.web.support.waiting import support_work
from services.gateway.web.words import choices, say

MOST = 100
DEAD = "dead"


@pages.get("/desk")
@roles_only(*STAFF)
def show_desk() -> Any:
    return _desk(told=TOLD)


@pages.get("/desk/count")
@roles_only(*STAFF)
def show_count() -> Any:
    """Show the counts, and whether there is something new. The list is not refreshed, so that text being written is
    not lost.
    """
    waiting = _waiting()
    return live("desk_count.html", newest=waiting["newest"], known=request.args.get("known", ""), **_numbers(waiting))


@pages.post("/desk/<booking_id>/approve")
@roles_only(*STAFF)
def approve(booking_id: str) -> Any:
    return _decided(booking_id, lambda: ask(ApproveBooking(booking_id=booking_id)), "approved")


@pages.post("/desk/<booking_id>/reject")
@roles_only(*STAFF)
def reject(booking_id: str) -> Any:
    return _decided(booking_id, lambda: ask(forms.filled(RejectBooking, booking_id=booking_id)), "rejected")


def _decided(booking_id: str, decide: Callable[[], Booking], notice: str) -> Any:
    try:
        booking = forms.submit(decide, {})
    except forms.Wrong as wrong:
        booking = ask(GetBooking(booking_id=booking_id))
        shown: dict[str, Any] = {"complaints": wrong.complaints, "wrong_id": booking_id}
        if is_part():
            return page("desk_entry.html", status=wrong.complaints.status, booking=booking, **_needed(), **shown)
        return _desk(status=wrong.complaints.status, **shown)
    if is_part():
        return page("desk_entry.html", booking=booking, decided=True, **_needed())
    return redirect_with_notice("/desk", notice=notice)


def _desk(**shown: Any) -> Any:
    plan = Plan.of()
    steps = [
        ("courses", say("Courses and enrolments"), waits.of_courses(plan.now)),
        ("tenants", say("Calls and tenancies"), waits.of_selection(plan.today)),
    ]
    return page("desk.html", **_waiting(), steps=steps, **shown)


def _waiting() -> dict[str, Any]:
    pending = ask(ListBookings(status=Status.PENDING, limit=MOST))
    dead = call("notify", "list_messages", {"status": DEAD, "limit": MOST})
    missed = ask(ListBookings(status=Status.NO_SHOW, limit=10))
    first_of_series: dict[str, Booking] = {}
    for each in reversed(pending.items):
        first_of_series.setdefault(each.series_id or each.id, each)
    return {
        "pending": list(first_of_series.values()),
        "more": pending.next_cursor is not None,
        "dead": list(reversed(dead["items"])),
        "missed": missed.items,
        **support_work(),
        "newest": pending.items[0].id if pending.items else "none",
        **_needed(),
    }


def _needed() -> dict[str, Any]:
    plan = Plan.of()
    return {"names": plan.names, "now": plan.now.isoformat(), "reasons": choices(RejectReason)}


def _numbers(waiting: dict[str, Any]) -> dict[str, Any]:
    counted = {
        "applications": "pending",
        "messages": "dead",
        "consulting": "cases",
        "reports": "late_visits",
        "agreed": "due_actions",
    }
    return {name: len(waiting[of]) for name, of in counted.items()}
