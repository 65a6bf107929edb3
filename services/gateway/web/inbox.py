"""What was sent to me, kept here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import request

from services.gateway.api.operations import ask
from services.gateway.web import forms
from services.gateway.web.shell import live, page, pages, person_only, to

SHOWN = 30


@pages.get("/inbox")
@person_only
def show_inbox() -> Any:
    return page("inbox.html", **_found())


@pages.get("/inbox/list")
@person_only
def show_inbox_list() -> Any:
    return live("inbox_part.html", **_found())


@pages.post("/inbox/<message_id>/read")
@person_only
def mark_read(message_id: str) -> Any:
    forms.submit(lambda: ask("notify", "mark_read", {"message_id": message_id}), {})
    return to("/inbox")


def _found() -> dict[str, Any]:
    wanted: dict[str, Any] = {"limit": SHOWN}
    if cursor := request.args.get("cursor"):
        wanted["cursor"] = cursor
    found = ask("notify", "list_inbox", wanted)
    older = "/inbox?" + urlencode({"cursor": found["next_cursor"]}) if found["next_cursor"] else None
    return {"messages": found["items"], "unread": found["unread"], "older": older}
