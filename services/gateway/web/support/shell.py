"""What the pages of the support work share: their tabs, their words, and what a reader is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response, request

from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.web import forms
from services.gateway.web import shell as web
from services.gateway.web.listing import everything
from services.gateway.web.support import words
from services.gateway.web.words import say

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


def page(template: str, complaints: forms.Complaints | None = None, **shown: Any) -> Response:
    """Render a page of the support work. tab: the tab that it belongs to, if not the one of its address."""
    here = shown.pop("tab", request.path)
    return web.page(
        f"support/{template}",
        complaints=complaints,
        tabs=_tabs(here),
        support=words,
        told=words.TOLD,
        **shown,
    )


def _tabs(here: str) -> list[dict[str, Any]]:
    """Of those who read everything. Others come to single pages by their own ways."""
    if not incoming.context().actor.has_role(*web.READERS):
        return []
    return [{"href": href, "label": say(text), "current": href == here} for href, text in TABS.items()]


def surveys_for_me(now: datetime) -> list[Mapping[str, Any]]:
    """Those that are open and that the reader has not answered. Who reads them all is asked none."""
    if incoming.context().actor.has_role(*web.READERS):
        return []
    return [
        each
        for each in everything("training", "list_surveys")
        if not each["answered"] and datetime.fromisoformat(each["closes_at"]) > now
    ]
