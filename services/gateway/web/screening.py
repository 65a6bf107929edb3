"""For staff: the applications of a call, what the rules say of each, and confirming it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis import clock
from services.chassis.i18n import msgid as _
from services.gateway.api.operations import ask
from services.gateway.api.schemas.applications import Extension, Screening
from services.gateway.web import draft, forms
from services.gateway.web.listing import everything
from services.gateway.web.plan import Plan
from services.gateway.web.selection import BONUS, VOCABULARY, at, is_open, options
from services.gateway.web.shell import READERS, STAFF, page, pages, roles_only, to
from services.gateway.web.words import date_, say

TOLD = {
    "screened": _("Confirmed. The applicant is told."),
    "extended": _("The deadline is extended for this applicant."),
    "bonus": _("The bonus is recorded."),
}
FACT_LABELS = {"in_district": _("In the district"), "incubated_elsewhere": _("Has a place elsewhere")}
"""Shorter than the questions."""
FACTS = ("legal_type", "status_since", "founded_on", "relocates_by")


@pages.get("/calls/<call_id>/applications")
@roles_only(*READERS)
def show_applications(call_id: str) -> Any:
    call = ask("recruitment", "get_call", {"call_id": call_id})
    found = everything("recruitment", "list_applications", call_id=call_id)
    waiting = [each for each in found if each["status"] == "submitted"]
    return page(
        "call_applications.html",
        told=TOLD,
        call=call,
        waiting=waiting,
        others=[each for each in found if each not in waiting],
        open=is_open(call),
        **VOCABULARY,
    )


@pages.post("/applications/<application_id>/screening")
@roles_only(*STAFF)
def screen_application(application_id: str) -> Any:
    values = forms.written("points", "note", *FACTS, *draft.FLAGS)

    def do() -> Any:
        body = forms.loaded(Screening, _body(values))
        return ask("recruitment", "screen_application", {"application_id": application_id, **body})

    def again(complaints: forms.Complaints) -> Any:
        return shown(_of(application_id), complaints, values)

    return forms.done(do, again, lambda screened: f"/calls/{screened['call_id']}/applications", "screened")


@pages.post("/applications/<application_id>/extension")
@roles_only(*STAFF)
def extend_deadline(application_id: str) -> Any:
    values = forms.written("until", "reason")

    def do() -> Any:
        body = forms.loaded(Extension, {**values, **forms.moment_written("until", values, Plan.of().zone)})
        return ask("recruitment", "extend_deadline", {"application_id": application_id, **body})

    def again(complaints: forms.Complaints) -> Any:
        return shown(_of(application_id), complaints, values)

    return forms.done(do, again, f"/applications/{application_id}", "extended")


@pages.post("/applications/<application_id>/bonus")
@roles_only(*STAFF)
def grant_bonus(application_id: str) -> Any:
    values = forms.written("bonus", "ground")
    wanted = {"application_id": application_id, "points": values.get("bonus", ""), "ground": values.get("ground", "")}
    try:
        forms.submit(lambda: ask("recruitment", "grant_bonus", wanted), {})
    except forms.Wrong as wrong:
        by_field = {"bonus" if name == "points" else name: each for name, each in wrong.complaints.by_field.items()}
        complaints = forms.Complaints(by_field, wrong.complaints.whole, status=wrong.complaints.status)
        return shown(_of(application_id), complaints, values)
    return to(f"/applications/{application_id}", told="bonus")


def shown(
    application: Mapping[str, Any],
    complaints: forms.Complaints | None = None,
    values: Mapping[str, Any] | None = None,
) -> Any:
    call = ask("recruitment", "get_call", {"call_id": application["call_id"]})
    scores = None
    if application["status"] == "shortlisted":
        scores = ask("recruitment", "get_scores", {"application_id": application["id"]})
    return page(
        "screening.html",
        application=application,
        call=call,
        said=facts_told(application),
        values=values or _as_it_is(application),
        complaints=complaints,
        screenable=_is_screenable(application, call),
        extensible=application["status"] in {"draft", "submitted"},
        scores=scores,
        grounds=options(BONUS),
        legal_types=draft.choices(application, call)["legal_types"],
        yes_or_no=draft.choices(application, call)["yes_or_no"],
        labels={each: say(text) for each, text in draft.LABELS.items()},
        told=TOLD,
        **VOCABULARY,
    )


def facts_told(application: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What an application says of its organisation, labels and words."""
    content, told = application["content"], []
    for name in draft.FIELDS["organisation"]:
        value = content.get(name)
        if value in (None, "", []):
            continue
        if name == "legal_type":
            text = say(VOCABULARY["LEGAL_TYPES"][value])
        elif isinstance(value, bool):
            text = say("Yes") if value else say("No")
        elif isinstance(value, list):
            text = ", ".join(value)
        else:
            text = date_(value) if name in {"status_since", "founded_on", "relocates_by"} else value
        told.append((say(FACT_LABELS.get(name) or draft.LABELS[name]), text))
    return told


def _of(application_id: str) -> Any:
    return ask("recruitment", "get_application", {"application_id": application_id})


def _body(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what staff found to be other than it was declared stands in the facts."""
    facts: dict[str, Any] = {name: values[name] for name in FACTS if name in values}
    facts |= {name: values[name] == draft.YES for name in draft.FLAGS if name in values}
    return {"facts": facts, "note": values.get("note"), **forms.number_written("points", values)}


def _as_it_is(application: Mapping[str, Any]) -> dict[str, Any]:
    facts = application["facts"] or {}
    shown: dict[str, Any] = {name: facts.get(name) for name in FACTS}
    shown |= {name: draft.YES if facts[name] else draft.NO for name in draft.FLAGS if facts.get(name) is not None}
    return {**shown, "points": application["points"], "note": application["note"]}


def _is_screenable(application: Mapping[str, Any], call: Mapping[str, Any]) -> bool:
    over = application["status"] in {"draft", "withdrawn"}
    return not over and at(application["deadline"]) <= clock.now() < at(call["interviews_start"])
