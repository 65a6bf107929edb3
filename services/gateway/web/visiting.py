"""For everybody: today, another day, the spaces, the notices, and a timeline for others' pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import g, request

from services.booking.contract.spaces import ListSpaces, Space
from services.chassis.context import ANONYMOUS
from services.chassis.errors import NotFound
from services.gateway import security
from services.gateway.client import ask
from services.gateway.web import today
from services.gateway.web.listing import paged
from services.gateway.web.plan import Plan
from services.gateway.web.shell import live, page, pages
from services.gateway.web.words import say

WEEK = 7
NOTICES = 20
"""On a page."""
FRAMES = "frame-ancestors *"
"""The timeline may stand in anybody's page: it is for reading alone."""


@pages.get("/")
def show_today() -> Any:
    plan = Plan.of()
    asked = _asked_day()
    if asked is None or asked == plan.today:
        return page("today.html", today=today.of(plan), strip=_strip(plan.today, plan.today))
    shown = Plan.of(asked)
    return page(
        "day.html",
        plan=shown,
        day=asked,
        timeline=shown.of_day(asked),
        closures=shown.closures(asked),
        strip=_strip(plan.today, asked),
    )


@pages.get("/now")
def show_now() -> Any:
    """The part of today's page that refreshes itself."""
    return live("now.html", today=today.of(Plan.of()))


@pages.get("/spaces")
def show_spaces() -> Any:
    answer = ask(ListSpaces())
    names = {each.id: each.name for each in answer.items}
    return page("spaces.html", spaces=answer.items, names=names, equipment=answer.equipment)


@pages.get("/spaces/<space_id>")
def show_space(space_id: str) -> Any:
    start = _asked_day() or Plan.of().today
    plan = Plan.of(start, WEEK)
    space = _space(plan, space_id)
    return page(
        "space.html",
        space=space,
        names=plan.names,
        plan=plan,
        timeline=plan.of_space(space),
        start=start,
        before=start - timedelta(days=WEEK) if start > plan.today else None,
        last=start + timedelta(days=WEEK - 1),
        after=start + timedelta(days=WEEK),
        calendar=f"{request.host_url}api/v1/spaces/{space_id}/calendar.ics",
    )


@pages.get("/notices")
def show_notices() -> Any:
    notices, older = paged("notify", "list_notices", limit=NOTICES)
    return page("notices.html", notices=notices, older=older)


@pages.get("/embed/timeline")
def show_embedded() -> Any:
    """For an iframe: `?lang=en`, `?space=edu-1` for a week of one space, else all spaces today."""
    g.context = replace(g.context, actor=ANONYMOUS)  # others' pages show what everybody may see
    space_id = request.args.get("space")
    plan = Plan.of()
    if space_id is not None:
        space = _space(plan, space_id)
        plan = Plan.of(plan.today, WEEK)
        timeline, title = plan.of_space(space), space.name
    else:
        timeline, title = plan.of_day(plan.today), say("Today")
    answered = page("embedded.html", plan=plan, timeline=timeline, title=title)
    policy = security.PAGE_POLICY.replace("frame-ancestors 'none'", FRAMES)
    answered.headers[security.CONTENT_SECURITY_POLICY] = policy
    answered.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answered.headers["Cache-Control"] = "public, max-age=60"
    return answered


def _space(plan: Plan, space_id: str) -> Space:
    """Raises NotFound."""
    space = next((each for each in plan.spaces if each.id == space_id), None)
    if space is None:
        raise NotFound
    return space


def _asked_day() -> date | None:
    """Return the requested day. Text that is no day is ignored."""
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None


def _strip(first: date, current: date) -> list[dict[str, Any]]:
    days = [first + timedelta(days=number) for number in range(WEEK)]
    return [{"day": each, "href": f"/?day={each}", "current": each == current} for each in days]
