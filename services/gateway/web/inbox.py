"""What was sent to me, kept here."""

from __future__ import annotations

from typing import Any

from services.gateway.rpc import ask
from services.gateway.web import forms
from services.gateway.web.addresses import redirect_with_notice
from services.gateway.web.listing import part
from services.gateway.web.shell import live, page, pages, person_only


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
    return redirect_with_notice("/inbox")


def _found() -> dict[str, Any]:
    found, older = part("notify", "list_inbox")
    return {"messages": found["items"], "unread": found["unread"], "older": older and f"/inbox{older}"}
