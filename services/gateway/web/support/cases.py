"""Consulting, from asking for it to saying how it was: one page of a case for whoever asked, advises, or is staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from services.chassis import clock
from services.gateway import incoming
from services.gateway.api.operations import ask
from services.gateway.web import forms
from services.gateway.web import words as plain
from services.gateway.web.listing import everything, paged
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, STAFF, pages, person_only, roles_only, to
from services.gateway.web.support import words
from services.gateway.web.support.shell import page, surveys_for_me
from services.gateway.web.words import say

WAITING = ("requested", "diagnosed", "assigned")
OVER = ("reported", "rated")
PLACES = {"no_consultant": "consultant_id", "wrong_topic": "consultant_id"}
OPEN_SHOWN = 5


@pages.get("/consulting")
@person_only
def show_consulting() -> Any:
    actor = incoming.context().actor
    if actor.has_role(*READERS):
        return to("/support")
    cases, older = paged("training", "list_consultations")
    today = Plan.of().today.isoformat()
    opportunities = ask("training", "list_opportunities", {"limit": 30})["items"]
    still_open = [each for each in opportunities if not each["closes_on"] or each["closes_on"] >= today]
    return page(
        "consulting.html",
        asked=[each for each in cases if each["consultant_id"] != actor.id],
        advised=[each for each in cases if each["consultant_id"] == actor.id],
        older=older,
        opportunities=still_open[:OPEN_SHOWN],
        surveys=surveys_for_me(clock.now()),
        actions=ask("training", "list_actions", {"status": "open"})["items"],
    )


@pages.get("/consulting/new")
@person_only
def write_request() -> Any:
    return _request_form({"topic": request.args.get("topic", "")}, None)


@pages.post("/consulting/new")
@person_only
def request_consultation() -> Any:
    values = forms.written("topic", "field", "title", "need", "organisation_id")
    return forms.done(
        lambda: ask("training", "request_consultation", values),
        lambda complaints: _request_form(values, complaints),
        lambda made: f"/consulting/{made['id']}",
        "asked",
    )


@pages.get("/consulting/<case_id>")
@person_only
def show_case(case_id: str) -> Any:
    return _case(case_id)


@pages.post("/consulting/<case_id>/diagnosis")
@roles_only(*STAFF)
def diagnose(case_id: str) -> Any:
    return _step(case_id, "diagnose_consultation", forms.written("diagnosis", "topic"), "diagnosed")


@pages.post("/consulting/<case_id>/consultant")
@roles_only(*STAFF)
def assign(case_id: str) -> Any:
    """Whoever is suggested is left to the service, which keeps why."""
    values = forms.written("consultant_id")
    suggested = ask("training", "suggest_consultant", {"consultation_id": case_id})["consultant_id"]
    if values.get("consultant_id") == suggested:
        values = {}
    return _step(case_id, "assign_consultation", values, "assigned")


@pages.post("/consulting/<case_id>/sessions")
@person_only
def log_session(case_id: str) -> Any:
    values = forms.with_numbers(forms.written("day", "at", "minutes", "notes"), "minutes")
    wanted: dict[str, Any] = {name: values[name] for name in ("minutes", "notes") if name in values}
    try:
        wanted["held_at"] = forms.moment(values, Plan.of().zone)
    except forms.Wrong as wrong:
        return _case(case_id, wrong.complaints, values, "sessions")
    return _step(case_id, "log_session", wanted, "logged", values)


@pages.post("/consulting/<case_id>/report")
@person_only
def report(case_id: str) -> Any:
    return _step(case_id, "report_consultation", forms.written("report"), "reported")


@pages.post("/consulting/<case_id>/rating")
@person_only
def rate(case_id: str) -> Any:
    values = forms.with_numbers(forms.written("satisfaction", "comment"), "satisfaction")
    return _step(case_id, "rate_consultation", values, "rated")


@pages.get("/support")
@roles_only(*READERS)
def show_cases() -> Any:
    """What waits, oldest first; or all of one state, by `?status=`."""
    status = request.args.get("status", "")
    if status in words.CASE:
        cases, older = paged("training", "list_consultations", status=status)
        return page("cases_of_state.html", cases=cases, older=older, state=status, tab="/support")
    return page(
        "cases.html",
        waiting={each: list(reversed(everything("training", "list_consultations", status=each))) for each in WAITING},
        over={each: ask("training", "list_consultations", {"status": each, "limit": 5})["items"] for each in OVER},
    )


def _step(
    case_id: str, method: str, wanted: Mapping[str, Any], told: str, values: Mapping[str, Any] | None = None
) -> Any:
    return forms.done(
        lambda: ask("training", method, {"consultation_id": case_id, **wanted}),
        lambda complaints: _case(case_id, complaints, values or wanted, request.path.rsplit("/", 1)[1]),
        f"/consulting/{case_id}",
        told,
        PLACES,
    )


def _case(
    case_id: str,
    complaints: forms.Complaints | None = None,
    values: Mapping[str, Any] | None = None,
    about: str = "",
) -> Any:
    """about: which form the complaints are about."""
    case = ask("training", "get_consultation", {"consultation_id": case_id})
    actor = incoming.context().actor
    is_staff = actor.has_role(*STAFF)
    chooses = is_staff and case["status"] in {"diagnosed", "assigned"}
    return page(
        "case.html",
        complaints,
        case=case,
        values=values or {},
        about=about,
        reads_all=actor.has_role(*READERS),
        advises=is_staff or case["consultant_id"] == actor.id,
        has_asked=case["requester_id"] == actor.id or case["organisation_id"] in actor.orgs,
        step=[*WAITING, *OVER].index(case["status"]) + 1,
        consultants=_choices(case) if chooses else [],
        suggested=ask("training", "suggest_consultant", {"consultation_id": case_id}) if chooses else None,
        surveys=_surveys(case_id, actor.has_role(*READERS)),
        topics=words.options(words.TOPICS),
        ratings=[(each, f"{each} · {say(text)}") for each, text in words.RATINGS.items()],
        today=Plan.of().today.isoformat(),
        tab="/support",
    )


def _choices(case: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Consultants for the topic, with what they have at hand."""
    consultants = everything("training", "list_consultants")
    return [
        (each["id"], say("%(name)s · %(load)d of %(most)d at once", **{n: each[n] for n in ("name", "load", "most")}))
        for each in consultants
        if each["active"] and case["topic"] in each["topics"]
    ]


def _surveys(case_id: str, reads_all: bool) -> list[Mapping[str, Any]]:
    """About this case: for staff all, for others those that they are asked."""
    if reads_all:
        return everything("training", "list_surveys", subject="consultation", subject_id=case_id)
    return [each for each in surveys_for_me(clock.now()) if each["subject_id"] == case_id]


def _request_form(values: Mapping[str, Any], complaints: forms.Complaints | None) -> Any:
    own = incoming.context().actor.orgs
    return page(
        "request_form.html",
        complaints,
        values=values,
        topics=words.options(words.TOPICS),
        fields=[(each, say(text)) for each, text in plain.FIELDS.items()],
        organisations=[*((each, each) for each in own), ("", say("For myself"))] if own else [],
        tab="/support",
    )
