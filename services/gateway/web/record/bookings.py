"""Who did what to a booking, and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.gateway.web import words
from services.gateway.web.listing import paged
from services.gateway.web.plan import Plan
from services.gateway.web.record.shell import Choice, Entry, chosen, page, person
from services.gateway.web.shell import READERS, pages, roles_only
from services.gateway.web.words import say


@pages.get("/record")
@roles_only(*READERS)
def show_record() -> Any:
    action, booking_id, actor_id = chosen("action"), chosen("booking_id"), chosen("actor_id")
    wanted = {"action": action if action in words.ACTIONS else "", "booking_id": booking_id, "actor_id": actor_id}
    found, older = paged("booking", "list_decisions", **{name: text for name, text in wanted.items() if text})
    plan = Plan.of()
    actions = [("", say("all")), *((each, say(text)) for each, text in words.ACTIONS.items())]
    return page(
        say("Every decision about a booking: who, when, and what came of it. It cannot be changed."),
        [_entry(each, plan) for each in found],
        [Choice("action", say("What was done"), action, actions), Choice("actor_id", say("By whom"), actor_id)],
        older,
    )


def _entry(decision: Mapping[str, Any], plan: Plan) -> Entry:
    return Entry(
        decision["at"],
        person(decision["actor_id"]),
        say(words.ACTIONS[decision["action"]]),
        " · ".join(_changes(decision, plan)) or say("the booking"),
        f"/bookings/{decision['booking_id']}",
    )


def _changes(decision: Mapping[str, Any], plan: Plan) -> list[str]:
    """What is different after it, in words; of a new booking what it is."""
    before, after = decision["before"], decision["after"]
    told = []
    if {"starts_at", "ends_at"} & {name for name in after if after[name] != before.get(name)}:
        told.append(words.span(_local(after["starts_at"], plan), _local(after["ends_at"], plan)))
    for name, value in after.items():
        if value == before.get(name) or value in (None, {}, ""):
            continue
        if name == "space_id":
            told.append(plan.names.get(value, value))
        elif name == "reason_code":
            told.append(say(words.REASONS[value]))
        elif name == "attendees":
            told.append(say("%(number)d people", number=value))
        elif name == "refund":
            told.append(say("%(refund)s given back", refund=words.won(value)))
        elif name in {"title", "note"}:
            told.append(f"“{value}”")
    return told


def _local(moment: str, plan: Plan) -> Any:
    return datetime.fromisoformat(moment).astimezone(plan.zone)
