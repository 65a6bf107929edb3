"""For staff: what went out and what did not, and what can be sent again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import request

from services.chassis.i18n import msgid as _
from services.gateway.rpc import ask
from services.gateway.web import forms, vocabulary, words
from services.gateway.web.shell import STAFF, page, pages, roles_only
from services.gateway.web.words import say

SHOWN = 50
AGAIN = {"failed", "unknown", "dead", "skipped"}
TOLD = {"again": _("It is on its way again.")}


@pages.get("/messages")
@roles_only(*STAFF)
def show_messages() -> Any:
    return _shown(None)


@pages.post("/messages/<message_id>/replay")
@roles_only(*STAFF)
def replay_message(message_id: str) -> Any:
    return forms.done(
        lambda: ask("notify", "replay_message", {"message_id": message_id}),
        _shown,
        "/messages?" + urlencode({"status": request.form.get("status", "")}),
        "again",
    )


def _shown(complaints: forms.Complaints | None) -> Any:
    status = request.values.get("status", "")
    wanted: dict[str, Any] = {"limit": SHOWN}
    if status in words.MESSAGES:
        wanted["status"] = status
    if cursor := request.args.get("cursor"):
        wanted["cursor"] = cursor
    found = ask("notify", "list_messages", wanted)
    older = urlencode({"status": status, "cursor": found["next_cursor"]}) if found["next_cursor"] else None
    return page(
        "messages.html",
        messages=found["items"],
        chosen=status,
        statuses=[("", say("all")), *((each, say(text)) for each, (_shape, text) in words.MESSAGES.items())],
        older=f"/messages?{older}" if older else None,
        again=AGAIN,
        vocabulary=vocabulary,
        complaints=complaints,
        told=TOLD,
    )
