"""Calls: what the centre offers to organisations, until when, and how it is decided. For staff, too, drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.api.operations import ask
from services.gateway.web import forms
from services.gateway.web.listing import everything
from services.gateway.web.plan import Plan
from services.gateway.web.selection import (
    KINDS,
    LEGAL_TYPES,
    VOCABULARY,
    at,
    is_open,
    is_own,
    options,
    phase,
    time_left,
    units_told,
)
from services.gateway.web.shell import READERS, page, pages, person_only
from services.gateway.web.words import day as day_told
from services.gateway.web.words import moment, say

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
"""The days of a call by the names that recruitment has for them."""
CHANGED = {
    "title": _("the title"),
    "summary": _("what it is about"),
    "unit_ids": _("what is offered"),
    "interviews_blocked_by": _("the interviews have a day again"),
}
MORE = {"phase": phase, "time_left": time_left, "units_told": units_told, **VOCABULARY}


@pages.get("/calls")
def show_calls() -> Any:
    found = ask("recruitment", "list_calls", {"limit": 100})["items"]
    now = [each for each in found if each["status"] == "draft" or not each["results_at"]]
    return page(
        "calls.html",
        calls=sorted(now, key=lambda each: str(each["intake_closes_at"])),
        past=[each for each in found if each not in now],
        mine=[] if incoming.is_anonymous() else _own(),
        titles={each["id"]: each["title"] for each in found},
        **MORE,
    )


@pages.get("/calls/<call_id>")
def show_call(call_id: str) -> Any:
    return shown(call_id)


@pages.post("/calls/<call_id>/applications")
@person_only
def start_application(call_id: str) -> Any:
    wanted: dict[str, Any] = {"call_id": call_id, **forms.written("organisation_id", "kind")}
    return forms.done(
        lambda: ask("recruitment", "start_application", wanted),
        lambda complaints: shown(call_id, complaints),
        lambda made: f"/applications/{made['id']}",
        "started",
    )


def shown(call_id: str, complaints: forms.Complaints | None = None) -> Any:
    call = ask("recruitment", "get_call", {"call_id": call_id})
    actor = incoming.context().actor
    own = [] if actor.is_anonymous else [each for each in _own(call_id) if each["status"] != "withdrawn"]
    return page(
        "call.html",
        call=call,
        calendar=calendar(call),
        conditions=conditions(call["eligibility"], call),
        mine=own,
        groups=[(each, each) for each in actor.orgs if each not in {one["organisation_id"] for one in own}],
        kinds=options(KINDS, call["units"]),
        open=is_open(call),
        corrected=corrected,
        reads_all=actor.has_role(*READERS),
        complaints=complaints,
        told=TOLD,
        **MORE,
    )


def calendar(call: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The days of a call in their order, with their names."""
    return [
        (say("Notice"), day_told(call["notice_on"])),
        (say("Applications"), f"{moment(call['intake_opens_at'])} – {moment(call['intake_closes_at'])}"),
        (say("Screening"), day_told(call["screening_on"])),
        (say("Interviews"), _between(call["interviews_start"], call["interviews_end"])),
        (say("Result"), day_told(call["result_on"])),
        (say("Contract by"), day_told(call["contract_by"])),
        (say("Moving in"), day_told(call["move_in_on"])),
    ]


def _between(start: str, end: str) -> str:
    same = start[:10] == end[:10]
    return f"{moment(start)}–{end[11:16]}" if same else f"{moment(start)} – {moment(end)}"


def conditions(rules: Mapping[str, Any], call: Mapping[str, Any]) -> list[str]:
    """Who may apply, a sentence for each rule of the call."""
    told = []
    for kind, types in rules.get("legal_type", {}).items():
        if kind in call["units"]:
            names = ", ".join(say(LEGAL_TYPES[each]) for each in types)
            told.append(say("%(kind)s: %(types)s", kind=say(KINDS[kind]), types=names))
    if "status_date" in rules:
        told.append(say("It had this status on %(day)s already.", day=day_told(call["notice_on"])))
    if district := rules.get("district"):
        months = district["relocation_months"]
        told.append(say("It is in the district, or moves there within %(months)d months.", months=months))
    if "not_incubated_elsewhere" in rules:
        told.append(say("It has no place in another incubation centre."))
    if venture := rules.get("venture_age"):
        told.append(say("A social venture is younger than %(years)d years.", years=venture["years"]))
    return told


def corrected(correction: Mapping[str, Any]) -> str:
    """What was changed, as "결과 발표: 4월 28일 (화) → 4월 30일 (목)"."""
    told = []
    for name, after in correction["after"].items():
        if name in CALENDAR:
            tell = moment if "T" in str(after) else day_told
            told.append(f"{say(CALENDAR[name])}: {tell(_here(correction['before'][name]))} → {tell(_here(after))}")
        elif name in CHANGED:
            told.append(say(CHANGED[name]))
    return " · ".join(told)


def _here(stored: str) -> str:
    """A day, or a moment in the centre's zone."""
    return at(stored).astimezone(Plan.of().zone).isoformat() if "T" in stored else stored


def _own(call_id: str | None = None) -> list[Any]:
    wanted = {"call_id": call_id} if call_id else {}
    return [each for each in everything("recruitment", "list_applications", **wanted) if is_own(each)]
