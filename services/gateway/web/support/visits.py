"""Pages of activists: their communities and visits with the reports. Staff see all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import request
from flask.typing import ResponseReturnValue

from services.chassis.vocabulary import Vocabulary
from services.gateway import incoming
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.addresses import redirect_with_notice
from services.gateway.web.listing import shown, whole
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, STAFF, pages, person_only, roles_only
from services.gateway.web.support import words
from services.gateway.web.support.shell import page
from services.training.contract.network import ListActions
from services.training.contract.programmes import (
    CancelVisit,
    GetVisit,
    ListActivists,
    ListCommunities,
    ListVisits,
    PlanVisit,
    ReportVisit,
    Visit,
)
from services.training.contract.vocabulary import ActionStatus, VisitStatus

TAB = "/support/visits"


@pages.get("/villages")
@person_only
def show_villages() -> ResponseReturnValue:
    if incoming.context().actor.has_role(*READERS):
        return redirect_with_notice(TAB)
    reported, older = shown(ListVisits(status=VisitStatus.REPORTED))
    return page(
        "villages.html",
        communities=whole(ListCommunities()),
        planned=_by_state(whole(ListVisits(status=VisitStatus.PLANNED))),
        reported=reported,
        older=older,
        names={},
        actions=ask(ListActions(status=ActionStatus.OPEN)).items,
    )


@pages.get(TAB)
@roles_only(*READERS)
def show_visits() -> ResponseReturnValue:
    reported, older = shown(ListVisits(status=VisitStatus.REPORTED))
    return page(
        "visits.html",
        planned=_by_state(whole(ListVisits(status=VisitStatus.PLANNED))),
        reported=reported,
        older=older,
        names=_names(),
        tab=TAB,
    )


@pages.get("/villages/visits/new")
@person_only
def write_visit() -> ResponseReturnValue:
    return _form({"community_id": request.args.get("community", "")}, None)


@pages.post("/villages/visits/new")
@person_only
def plan_visit() -> ResponseReturnValue:
    values = forms.written("community_id", "day", "at", "purpose")
    return forms.done(
        lambda: ask(forms.filled(PlanVisit, visit_at=forms.moment(values, Plan.of().zone))),
        lambda complaints: _form(values, complaints),
        lambda visit: f"/villages/visits/{visit.id}",
        "planned",
        {"no_activist": "community_id"},
    )


@pages.get("/villages/visits/<visit_id>")
@person_only
def show_visit(visit_id: str) -> ResponseReturnValue:
    return _visit(visit_id)


@pages.post("/villages/visits/<visit_id>/report")
@person_only
def report_visit(visit_id: str) -> ResponseReturnValue:
    return forms.done(
        lambda: ask(forms.filled(ReportVisit, visit_id=visit_id)),
        lambda complaints: _visit(visit_id, complaints, forms.entered(ReportVisit)),
        f"/villages/visits/{visit_id}",
        "visited",
    )


@pages.post("/villages/visits/<visit_id>/cancel")
@person_only
def cancel_visit(visit_id: str) -> ResponseReturnValue:
    return forms.done(
        lambda: ask(CancelVisit(visit_id=visit_id)),
        lambda complaints: _visit(visit_id, complaints),
        f"/villages/visits/{visit_id}",
        "called_off",
    )


def _by_state(planned: Iterable[Visit]) -> dict[Vocabulary, list[Visit]]:
    """Group planned visits by the states that have any: overdue, to be reported, to come. The oldest come first."""
    by_state: dict[Vocabulary, list[Visit]] = {}
    now = Plan.of().now
    for visit in sorted(planned, key=lambda each: each.visit_at):
        by_state.setdefault(words.visit_state(visit, now), []).append(visit)
    return {state: by_state[state] for state in words.VISIT if state in by_state}


def _visit(
    visit_id: str, complaints: forms.Complaints | None = None, values: Mapping[str, object] | None = None
) -> ResponseReturnValue:
    visit = ask(GetVisit(visit_id=visit_id))
    actor = incoming.context().actor
    return page(
        "visit.html",
        complaints,
        visit=visit,
        state=words.visit_state(visit, Plan.of().now),
        names=_names() if actor.has_role(*READERS) else {},
        may_write=visit.activist_id == actor.id or actor.has_role(*STAFF),
        values=values or {},
        tab=TAB,
    )


def _form(values: Mapping[str, object], complaints: forms.Complaints | None) -> ResponseReturnValue:
    return page(
        "visit_form.html",
        complaints,
        values=values,
        communities=[
            (each.id, f"{each.name} ({each.area})" if each.area else each.name) for each in whole(ListCommunities())
        ],
        tab=TAB,
    )


def _names() -> dict[str, str]:
    return {each.id: each.name for each in whole(ListActivists())}
