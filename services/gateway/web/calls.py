"""Calls: what the centre offers to organisations, until when, and how it is decided. Staff see drafts, too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.listing import whole
from services.gateway.web.plan import Plan
from services.gateway.web.selection import VOCABULARY, at, is_open, is_own, phase, time_left, units_told
from services.gateway.web.shell import READERS, page, pages, person_only
from services.gateway.web.words import choices, label, moment, say
from services.gateway.web.words import day as day_told
from services.recruitment.contract.applications import ApplicationLine, ListApplications, StartApplication
from services.recruitment.contract.calls import Call, Correction, GetCall, ListCalls
from services.recruitment.contract.vocabulary import ApplicationStatus, CallStatus, LegalType, UnitKind

TOLD = {
    "created": _("The draft is there. Look through it, then publish it."),
    "changed": _("The draft is saved."),
    "published": _("Published. From now on it is changed by corrections alone."),
    "corrected": _("Corrected. Everybody who has applied is told."),
}
CALENDAR = {
    "notice_on": _("Notice"),
    "intake_opens_at": _("Applications from"),
    "intake_closes_at": _("Applications until"),
    "screening_on": _("Screening"),
    "interviews_start": _("Interviews from"),
    "interviews_end": _("Interviews until"),
    "result_on": _("Result"),
    "contract_by": _("Contract by"),
    "move_in_on": _("Moving in"),
}
"""Days and moments of a call, by the names of its fields."""
CHANGED = {
    "title": _("the title"),
    "summary": _("what it is about"),
    "unit_ids": _("what is offered"),
    "interviews_blocked_by": _("the interviews have a day again"),
}
MORE = {"phase": phase, "time_left": time_left, "units_told": units_told, **VOCABULARY}


@pages.get("/calls")
def show_calls() -> Any:
    calls = ask(ListCalls(limit=100)).items
    current = [each for each in calls if each.status == CallStatus.DRAFT or not each.results_at]
    return page(
        "calls.html",
        calls=sorted(current, key=lambda each: each.intake_closes_at),
        past=[each for each in calls if each not in current],
        mine=[] if incoming.is_anonymous() else _own(ListApplications()),
        titles={each.id: each.title for each in calls},
        **MORE,
    )


@pages.get("/calls/<call_id>")
def show_call(call_id: str) -> Any:
    return shown(call_id)


@pages.post("/calls/<call_id>/applications")
@person_only
def start_application(call_id: str) -> Any:
    values = {"call_id": call_id, **forms.written("organisation_id", "kind")}
    return forms.done(
        lambda: ask(forms.checked(StartApplication, values)),
        lambda complaints: shown(call_id, complaints),
        lambda application: f"/applications/{application.id}",
        "started",
    )


def shown(call_id: str, complaints: forms.Complaints | None = None) -> Any:
    call = ask(GetCall(call_id=call_id))
    actor = incoming.context().actor
    applications = [] if actor.is_anonymous else _own(ListApplications(call_id=call_id))
    own = [each for each in applications if each.status != ApplicationStatus.WITHDRAWN]
    return page(
        "call.html",
        call=call,
        calendar=calendar(call),
        conditions=conditions(call),
        mine=own,
        groups=[(each, each) for each in actor.orgs if each not in {one.organisation_id for one in own}],
        kinds=choices(map(UnitKind, call.units)),
        open=is_open(call),
        corrected=corrected,
        reads_all=actor.has_role(*READERS),
        complaints=complaints,
        told=TOLD,
        **MORE,
    )


def calendar(call: Call) -> list[tuple[str, str]]:
    """Return the days of a call in their order, with their names."""
    return [
        (say("Notice"), day_told(call.notice_on)),
        (say("Applications"), f"{moment(call.intake_opens_at)} – {moment(call.intake_closes_at)}"),
        (say("Screening"), day_told(call.screening_on)),
        (say("Interviews"), _between(call.interviews_start, call.interviews_end)),
        (say("Result"), day_told(call.result_on)),
        (say("Contract by"), day_told(call.contract_by)),
        (say("Moving in"), day_told(call.move_in_on)),
    ]


def _between(start: datetime, end: datetime) -> str:
    is_one_day = start.date() == end.date()
    return f"{moment(start)}–{end:%H:%M}" if is_one_day else f"{moment(start)} – {moment(end)}"


def conditions(call: Call) -> list[str]:
    """Return who may apply, a sentence for each rule of the call."""
    rules, sentences = call.eligibility, []
    for kind, types in rules.get("legal_type", {}).items():
        if kind in call.units:
            names = ", ".join(label(LegalType(each)) for each in types)
            sentences.append(say("%(kind)s: %(types)s", kind=label(UnitKind(kind)), types=names))
    if "status_date" in rules:
        sentences.append(say("It had this status on %(day)s already.", day=day_told(call.notice_on)))
    if district := rules.get("district"):
        months = district["relocation_months"]
        sentences.append(say("It is in the district, or moves there within %(months)d months.", months=months))
    if "not_incubated_elsewhere" in rules:
        sentences.append(say("It has no place in another incubation centre."))
    if venture := rules.get("venture_age"):
        sentences.append(say("A social venture is younger than %(years)d years.", years=venture["years"]))
    return sentences


def corrected(correction: Correction) -> str:
    """Return what was changed, as "결과 발표: 4월 28일 (화) → 4월 30일 (목)"."""
    changes = []
    for name, after in correction.after.items():
        if name in CALENDAR:
            text = moment if "T" in str(after) else day_told
            before = text(_here(correction.before[name]))
            changes.append(f"{say(CALENDAR[name])}: {before} → {text(_here(after))}")
        elif name in CHANGED:
            changes.append(say(CHANGED[name]))
    return " · ".join(changes)


def _here(stored: str) -> str:
    """Return a day as it is, a moment in the centre's zone."""
    return at(stored).astimezone(Plan.of().zone).isoformat() if "T" in stored else stored


def _own(listed: ListApplications) -> list[ApplicationLine]:
    return [each for each in whole(listed) if is_own(each)]
