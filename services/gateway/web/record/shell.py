"""Shared parts of the pages of the record: tabs and entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request
from flask.typing import ResponseReturnValue

from services.chassis.i18n import msgid as _
from services.gateway.web import shell as web
from services.gateway.web.words import say

TABS = {
    "/record": _("Bookings"),
    "/record/calls": _("Calls"),
    "/record/courses": _("Courses"),
    "/record/contacts": _("Contact data"),
}
ITSELF = "madang:"
"""How the ids of what no person did begin."""


@dataclass(frozen=True)
class Entry:
    """at: a moment. by: a person, None: the centre itself. what: was done, in a word. about: what it was done to, and
    what is different after it.
    """

    at: datetime | str
    by: str | None
    what: str
    about: str
    href: str | None = None


@dataclass(frozen=True)
class Choice:
    """A field by which the record is narrowed. options: none of them, a text."""

    name: str
    label: str
    value: str
    options: Sequence[tuple[str, str]] = ()


def person(actor_id: str) -> str | None:
    return None if actor_id.startswith(ITSELF) else actor_id


def chosen(name: str) -> str:
    return request.args.get(name, "").strip()


def page(lead: str, entries: Iterable[Entry], choices: Sequence[Choice], older: str | None) -> ResponseReturnValue:
    return web.page(
        "record.html",
        tabs=[{"href": href, "label": say(text), "current": href == request.path} for href, text in TABS.items()],
        lead=lead,
        entries=list(entries),
        choices=choices,
        by_whom=any(each.name == "actor_id" for each in choices),
        here=request.path,
        narrowed=any(chosen(each.name) for each in choices),
        older=older,
    )
