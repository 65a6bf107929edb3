"""Log of the decisions about bookings."""

from __future__ import annotations

from typing import Any

from services.booking.contract.decisions import BookingDecision, ListDecisions
from services.booking.contract.vocabulary import Action
from services.chassis.contract import ABSENT
from services.gateway.web import words
from services.gateway.web.listing import shown
from services.gateway.web.plan import Plan
from services.gateway.web.record.shell import Choice, Entry, chosen, page, person
from services.gateway.web.shell import READERS, pages, roles_only
from services.gateway.web.words import say


@pages.get("/record")
@roles_only(*READERS)
def show_record() -> Any:
    action, booking_id, actor_id = chosen("action"), chosen("booking_id"), chosen("actor_id")
    decisions, older = shown(
        ListDecisions(
            action=Action(action) if action in set(Action) else None,
            booking_id=booking_id or None,
            actor_id=actor_id or None,
        )
    )
    plan = Plan.of()
    actions = [("", say("all")), *words.choices(Action)]
    return page(
        say("Every decision about a booking: who, when, and what came of it. It cannot be changed."),
        [_entry(each, plan) for each in decisions],
        [Choice("action", say("What was done"), action, actions), Choice("actor_id", say("By whom"), actor_id)],
        older,
    )


def _entry(decision: BookingDecision, plan: Plan) -> Entry:
    return Entry(
        decision.at,
        person(decision.actor_id),
        words.label(decision.action),
        " · ".join(_changes(decision, plan)) or say("the booking"),
        f"/bookings/{decision.booking_id}",
    )


def _changes(decision: BookingDecision, plan: Plan) -> list[str]:
    """Say what the decision changed; for a new booking, what it contains."""
    before, after = (
        {name: value for name, value in vars(each).items() if value is not ABSENT}
        for each in (decision.before, decision.after)
    )
    changes = []
    if {"starts_at", "ends_at"} & {name for name in after if after[name] != before.get(name)}:
        changes.append(words.span(*(after[name].astimezone(plan.zone) for name in ("starts_at", "ends_at"))))
    for name, value in after.items():
        if value == before.get(name) or value in (None, {}, ""):
            continue
        if name == "space_id":
            changes.append(plan.names.get(value, value))
        elif name == "reason_code":
            changes.append(words.label(value))
        elif name == "attendees":
            changes.append(say("%(number)d people", number=value))
        elif name == "refund":
            changes.append(say("%(refund)s given back", refund=words.won(value)))
        elif name in {"title", "note"}:
            changes.append(f"“{value}”")
    return changes
