"""Activists in their villages: communities, visits with their reports, and what they hear. Staff see all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from services.gateway import incoming
from services.gateway.api.operations import ask
from services.gateway.web import forms
from services.gateway.web.listing import everything, paged
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, STAFF, pages, person_only, roles_only, to
from services.gateway.web.support import words
from services.gateway.web.support.shell import page

TAB = "/support/visits"


@pages.get("/villages")
@person_only
def show_villages() -> Any:
    if incoming.context().actor.has_role(*READERS):
        return to(TAB)
    planned = _by_state(everything("training", "list_visits", status="planned"))
    reported, older = paged("training", "list_visits", status="reported")
    return page(
        "villages.html",
        communities=everything("training", "list_communities"),
        planned=planned,
        reported=reported,
        older=older,
        names={},
        actions=ask("training", "list_actions", {"status": "open"})["items"],
    )


@pages.get(TAB)
@roles_only(*READERS)
def show_visits() -> Any:
    reported, older = paged("training", "list_visits", status="reported")
    return page(
        "visits.html",
        planned=_by_state(everything("training", "list_visits", status="planned")),
        reported=reported,
        older=older,
        names=_names(),
        tab=TAB,
    )


@pages.get("/villages/visits/new")
@person_only
def write_visit() -> Any:
    return _form({"community_id": request.args.get("community", "")}, None)


@pages.post("/villages/visits/new")
@person_only
def plan_visit() -> Any:
    values = forms.written("community_id", "day", "at", "purpose")
    wanted: dict[str, Any] = {name: values[name] for name in ("community_id", "purpose") if name in values}
    return forms.done(
        lambda: ask("training", "plan_visit", {**wanted, "visit_at": forms.moment(values, Plan.of().zone)}),
        lambda complaints: _form(values, complaints),
        lambda made: f"/villages/visits/{made['id']}",
        "planned",
        {"no_activist": "community_id"},
    )


@pages.get("/villages/visits/<visit_id>")
@person_only
def show_visit(visit_id: str) -> Any:
    return _visit(visit_id)


@pages.post("/villages/visits/<visit_id>/report")
@person_only
def report_visit(visit_id: str) -> Any:
    values = forms.with_numbers(forms.written("report", "attendees", "minutes"), "attendees", "minutes")
    return forms.done(
        lambda: ask("training", "report_visit", {"visit_id": visit_id, **values}),
        lambda complaints: _visit(visit_id, complaints, values),
        f"/villages/visits/{visit_id}",
        "visited",
    )


@pages.post("/villages/visits/<visit_id>/cancel")
@person_only
def cancel_visit(visit_id: str) -> Any:
    return forms.done(
        lambda: ask("training", "cancel_visit", {"visit_id": visit_id}),
        lambda complaints: _visit(visit_id, complaints),
        f"/villages/visits/{visit_id}",
        "called_off",
    )


def _by_state(planned: list[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Those that are overdue, to be reported, and to come; the oldest first."""
    found: dict[str, list[Mapping[str, Any]]] = {"overdue": [], "to_report": [], "planned": []}
    now = _now()
    for each in sorted(planned, key=lambda each: str(each["visit_at"])):
        found[words.visit_state(each, now)].append(each)
    return found


def _visit(visit_id: str, complaints: forms.Complaints | None = None, values: Mapping[str, Any] | None = None) -> Any:
    visit = ask("training", "get_visit", {"visit_id": visit_id})
    actor = incoming.context().actor
    return page(
        "visit.html",
        complaints,
        visit=visit,
        state=words.visit_state(visit, _now()),
        names=_names() if actor.has_role(*READERS) else {},
        may_write=visit["activist_id"] == actor.id or actor.has_role(*STAFF),
        values=values or {},
        tab=TAB,
    )


def _form(values: Mapping[str, Any], complaints: forms.Complaints | None) -> Any:
    communities = everything("training", "list_communities")
    return page(
        "visit_form.html",
        complaints,
        values=values,
        communities=[
            (each["id"], f"{each['name']} ({each['area']})" if each["area"] else each["name"]) for each in communities
        ],
        tab=TAB,
    )


def _names() -> dict[str, str]:
    return {each["id"]: each["name"] for each in everything("training", "list_activists")}


def _now() -> str:
    return Plan.of().now.isoformat()
