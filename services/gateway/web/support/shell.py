"""What the pages of the support work share: their tabs, their words, and lists that are read page by page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import request

from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.api.operations import ask
from services.gateway.web import forms
from services.gateway.web import shell as web
from services.gateway.web.support import words
from services.gateway.web.words import say

SHOWN = 30
AT_ONCE = 100
TABS = {
    "/support": _("Cases"),
    "/opportunities": _("Sales channels"),
    "/support/programmes": _("Programmes"),
    "/support/visits": _("Visits"),
    "/support/people": _("Activists, consultants"),
    "/support/resources": _("Resource survey"),
    "/support/network": _("Network"),
    "/support/surveys": _("Surveys"),
    "/support/lists": _("Lists"),
}


def page(template: str, complaints: forms.Complaints | None = None, **shown: Any) -> Any:
    """A page of the support work, with its complaints. tab: which one it belongs to, if not the one of its address."""
    told = request.args.get("told", "")
    here = shown.pop("tab", request.path)
    return web.page(
        f"support/{template}",
        status=complaints.status if complaints else 200,
        complaints=complaints,
        tabs=_tabs(here),
        support=words,
        told=say(words.TOLD[told]) if told in words.TOLD else None,
        **shown,
    )


def _tabs(here: str) -> list[dict[str, Any]]:
    """Of those who read everything. Others come to single pages by their own ways."""
    if not incoming.context().actor.has_role(*web.READERS):
        return []
    return [{"href": href, "label": say(text), "current": href == here} for href, text in TABS.items()]


def everything(method: str, **wanted: Any) -> list[Mapping[str, Any]]:
    """A whole list of the training service, to choose from or to look into."""
    found: list[Mapping[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        answer = ask("training", method, {"limit": AT_ONCE, **wanted, **cursor})
        found += answer["items"]
        if answer["next_cursor"] is None:
            return found
        cursor = {"cursor": answer["next_cursor"]}


def paged(method: str, **wanted: Any) -> tuple[list[Mapping[str, Any]], str | None]:
    """Of a long list the part that the address asks for, and the address of the next."""
    cursor = {"cursor": request.args["cursor"]} if request.args.get("cursor") else {}
    answer = ask("training", method, {"limit": SHOWN, **wanted, **cursor})
    if answer["next_cursor"] is None:
        return answer["items"], None
    kept = {name: value for name, value in request.args.items() if name not in {"cursor", "told"}}
    return answer["items"], "?" + urlencode({**kept, "cursor": answer["next_cursor"]})


def surveys_for_me(now: datetime) -> list[Mapping[str, Any]]:
    """Those that are open and that the reader has not answered. Who reads them all is asked none."""
    if incoming.context().actor.has_role(*web.READERS):
        return []
    return [
        each
        for each in everything("list_surveys")
        if not each["answered"] and datetime.fromisoformat(each["closes_at"]) > now
    ]


def one_of(found: Iterable[Mapping[str, Any]], key: str) -> Mapping[str, Any]:
    """Raises NotFound."""
    chosen = next((each for each in found if each["id"] == key), None)
    web.found(chosen)
    return chosen  # type: ignore[return-value]
