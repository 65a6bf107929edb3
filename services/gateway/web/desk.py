"""For staff: what waits, oldest first, decided without leaving the list."""

from __future__ import annotations

from typing import Any

from flask import request

from services.gateway.api.operations import ask
from services.gateway.web import forms, waits, words
from services.gateway.web.mine import TOLD
from services.gateway.web.plan import Plan
from services.gateway.web.shell import STAFF, is_part, live, page, pages, roles_only, to
from services.gateway.web.support.waiting import support_work
from services.gateway.web.words import say

MOST = 100
DEAD = "dead"


@pages.get("/desk")
@roles_only(*STAFF)
def show_desk() -> Any:
    return _desk(told=TOLD)


@pages.get("/desk/count")
@roles_only(*STAFF)
def show_count() -> Any:
    """How much waits, and whether it is what the reader's list shows: the list itself stays, so that nothing that is
    being written is lost.
    """
    waiting = _waiting()
    return live("desk_count.html", newest=waiting["newest"], known=request.args.get("known", ""), **_numbers(waiting))


@pages.post("/desk/<booking_id>/approve")
@roles_only(*STAFF)
def approve(booking_id: str) -> Any:
    return _decided(booking_id, lambda: ask("booking", "approve_booking", {"booking_id": booking_id}), "approved")


@pages.post("/desk/<booking_id>/reject")
@roles_only(*STAFF)
def reject(booking_id: str) -> Any:
    wanted = {"booking_id": booking_id, **forms.written("reason_code", "note")}
    return _decided(booking_id, lambda: ask("booking", "reject_booking", wanted), "rejected")


def _decided(booking_id: str, decide: Any, told_as: str) -> Any:
    try:
        booking = forms.submit(decide, {})
    except forms.Wrong as wrong:
        booking = ask("booking", "get_booking", {"booking_id": booking_id})
        shown: dict[str, Any] = {"complaints": wrong.complaints, "wrong_id": booking_id}
        if is_part():
            return page("desk_entry.html", status=wrong.complaints.status, booking=booking, **_needed(), **shown)
        return _desk(status=wrong.complaints.status, **shown)
    if is_part():
        return page("desk_entry.html", booking=booking, decided=True, **_needed())
    return to("/desk", told=told_as)


def _desk(**shown: Any) -> Any:
    plan = Plan.of()
    steps = [
        ("courses", say("Courses and enrolments"), waits.of_courses(plan.now)),
        ("tenants", say("Calls and tenancies"), waits.of_selection(plan.today)),
    ]
    return page("desk.html", **_waiting(), steps=steps, **shown)


def _waiting() -> dict[str, Any]:
    pending = ask("booking", "list_bookings", {"status": "pending", "limit": MOST})
    dead = ask("notify", "list_messages", {"status": DEAD, "limit": MOST})
    missed = ask("booking", "list_bookings", {"status": "no_show", "limit": 10})
    first_of_series: dict[str, Any] = {}
    for each in reversed(pending["items"]):
        first_of_series.setdefault(each["series_id"] or each["id"], each)
    return {
        "pending": list(first_of_series.values()),
        "more": pending["next_cursor"] is not None,
        "dead": list(reversed(dead["items"])),
        "missed": missed["items"],
        **support_work(),
        "newest": pending["items"][0]["id"] if pending["items"] else "none",
        **_needed(),
    }


def _needed() -> dict[str, Any]:
    plan = Plan.of()
    reasons = [(each, say(text)) for each, text in words.REASONS.items()]
    return {"names": plan.names, "now": plan.now.isoformat(), "reasons": reasons}


def _numbers(waiting: dict[str, Any]) -> dict[str, Any]:
    counted = {
        "applications": "pending",
        "messages": "dead",
        "consulting": "cases",
        "reports": "late_visits",
        "agreed": "due_actions",
    }
    return {name: len(waiting[of]) for name, of in counted.items()}
