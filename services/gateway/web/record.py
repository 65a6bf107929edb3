"""For staff and auditors: who did what to a booking, and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import request

from services.gateway.web import words
from services.gateway.web.listing import paged
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, page, pages, roles_only
from services.gateway.web.words import say

FILTERS = ("action", "booking_id", "actor_id")


@pages.get("/record")
@roles_only(*READERS)
def show_record() -> Any:
    chosen = {name: text for name in FILTERS if (text := request.args.get(name, "").strip())}
    if chosen.get("action") not in words.ACTIONS:
        chosen.pop("action", None)
    found, older = paged("booking", "list_decisions", **chosen)
    plan = Plan.of()
    return page(
        "record.html",
        entries=[{**each, "changes": _changes(each, plan)} for each in found],
        older=older,
        chosen=chosen,
        actions=[("", say("all"))] + [(each, say(text)) for each, text in words.ACTIONS.items()],
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
