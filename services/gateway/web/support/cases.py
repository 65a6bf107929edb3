"""Pages of consulting, from the request to the rating. Applicant, consultant and staff share the page of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from services.centre.vocabulary import Field
from services.chassis import clock
from services.chassis.contract import Request
from services.gateway import incoming
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.addresses import redirect_with_notice
from services.gateway.web.listing import everything, shown, whole
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, STAFF, pages, person_only, roles_only
from services.gateway.web.support import words
from services.gateway.web.support.shell import page, surveys_for_me
from services.gateway.web.words import choices, say
from services.training.contract.consulting import (
    AssignConsultation,
    Consultation,
    DiagnoseConsultation,
    GetConsultation,
    ListConsultants,
    ListConsultations,
    ListOpportunities,
    LogSession,
    RateConsultation,
    ReportConsultation,
    RequestConsultation,
    SuggestConsultant,
)
from services.training.contract.network import ListActions
from services.training.contract.vocabulary import ActionStatus, Topic
from services.training.contract.vocabulary import ConsultationStatus as Status

WAITING = (Status.REQUESTED, Status.DIAGNOSED, Status.ASSIGNED)
OVER = (Status.REPORTED, Status.RATED)
PLACES = {"no_consultant": "consultant_id", "wrong_topic": "consultant_id"}
OPEN_SHOWN = 5


@pages.get("/consulting")
@person_only
def show_consulting() -> Any:
    actor = incoming.context().actor
    if actor.has_role(*READERS):
        return redirect_with_notice("/support")
    cases, older = shown(ListConsultations())
    today = Plan.of().today
    opportunities = ask(ListOpportunities()).items
    still_open = [each for each in opportunities if not each.closes_on or each.closes_on >= today]
    return page(
        "consulting.html",
        asked=[each for each in cases if each.consultant_id != actor.id],
        advised=[each for each in cases if each.consultant_id == actor.id],
        older=older,
        opportunities=still_open[:OPEN_SHOWN],
        surveys=surveys_for_me(clock.now()),
        actions=ask(ListActions(status=ActionStatus.OPEN)).items,
    )


@pages.get("/consulting/new")
@person_only
def write_request() -> Any:
    return _request_form({"topic": request.args.get("topic", "")}, None)


@pages.post("/consulting/new")
@person_only
def request_consultation() -> Any:
    return forms.done(
        lambda: ask(forms.filled(RequestConsultation)),
        lambda complaints: _request_form(forms.entered(RequestConsultation), complaints),
        lambda case: f"/consulting/{case.id}",
        "asked",
    )


@pages.get("/consulting/<case_id>")
@person_only
def show_case(case_id: str) -> Any:
    return _case(case_id)


@pages.post("/consulting/<case_id>/diagnosis")
@roles_only(*STAFF)
def diagnose(case_id: str) -> Any:
    return _step(case_id, DiagnoseConsultation, "diagnosed")


@pages.post("/consulting/<case_id>/consultant")
@roles_only(*STAFF)
def assign(case_id: str) -> Any:
    """If staff keep the suggestion, the service chooses again and stores its reason."""
    is_suggested = request.form.get("consultant_id") == ask(SuggestConsultant(consultation_id=case_id)).consultant_id
    return _step(case_id, AssignConsultation, "assigned", **({"consultant_id": None} if is_suggested else {}))


@pages.post("/consulting/<case_id>/sessions")
@person_only
def log_session(case_id: str) -> Any:
    values = forms.written("day", "at", "minutes", "notes")
    return forms.done(
        lambda: ask(
            forms.filled(LogSession, consultation_id=case_id, held_at=forms.moment(values, Plan.of().zone)),
        ),
        lambda complaints: _case(case_id, complaints, values, "sessions"),
        f"/consulting/{case_id}",
        "logged",
    )


@pages.post("/consulting/<case_id>/report")
@person_only
def report(case_id: str) -> Any:
    return _step(case_id, ReportConsultation, "reported")


@pages.post("/consulting/<case_id>/rating")
@person_only
def rate(case_id: str) -> Any:
    return _step(case_id, RateConsultation, "rated")


@pages.get("/support")
@roles_only(*READERS)
def show_cases() -> Any:
    """Show the waiting cases, oldest first, or with `?status=` all cases in one state."""
    status = request.args.get("status", "")
    if status in words.CASE:
        cases, older = shown(ListConsultations(status=Status(status)))
        return page("cases_of_state.html", cases=cases, older=older, state=Status(status), tab="/support")
    return page(
        "cases.html",
        waiting={each: list(reversed(whole(ListConsultations(status=each)))) for each in WAITING},
        over={each: ask(ListConsultations(status=each, limit=5)).items for each in OVER},
    )


def _step(case_id: str, step: type[Request[Consultation]], told: str, **known: Any) -> Any:
    return forms.done(
        lambda: ask(forms.filled(step, consultation_id=case_id, **known)),
        lambda complaints: _case(case_id, complaints, forms.entered(step), request.path.rsplit("/", 1)[1]),
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
    case = ask(GetConsultation(consultation_id=case_id))
    actor = incoming.context().actor
    is_staff = actor.has_role(*STAFF)
    chooses = is_staff and case.status in {Status.DIAGNOSED, Status.ASSIGNED}
    return page(
        "case.html",
        complaints,
        case=case,
        values=values or {},
        about=about,
        reads_all=actor.has_role(*READERS),
        advises=is_staff or case.consultant_id == actor.id,
        has_asked=case.requester_id == actor.id or case.organisation_id in actor.orgs,
        step=[*WAITING, *OVER].index(case.status) + 1,
        consultants=_choices(case) if chooses else [],
        suggested=ask(SuggestConsultant(consultation_id=case_id)) if chooses else None,
        surveys=_surveys(case_id, actor.has_role(*READERS)),
        topics=choices(Topic),
        ratings=[(each, f"{each} · {say(text)}") for each, text in words.RATINGS.items()],
        today=Plan.of().today.isoformat(),
        tab="/support",
    )


def _choices(case: Consultation) -> list[tuple[str, str]]:
    """Return the consultants for the topic, with their loads."""
    return [
        (each.id, say("%(name)s · %(load)d of %(most)d at once", name=each.name, load=each.load, most=each.most))
        for each in whole(ListConsultants())
        if each.active and case.topic in each.topics
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
        topics=choices(Topic),
        fields=choices(Field),
        organisations=[*((each, each) for each in own), ("", say("For myself"))] if own else [],
        tab="/support",
    )
