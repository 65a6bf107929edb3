"""For staff: the applications of a call, and the screening of each by the rules of eligibility."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis import clock
from services.chassis.i18n import msgid as _
from services.gateway.client import ask
from services.gateway.web import draft, forms
from services.gateway.web.addresses import redirect_with_notice
from services.gateway.web.listing import whole
from services.gateway.web.plan import Plan
from services.gateway.web.selection import VOCABULARY, is_open
from services.gateway.web.shell import READERS, STAFF, page, pages, roles_only
from services.gateway.web.words import choices, date_, label, say
from services.recruitment.contract.applications import (
    Application,
    ExtendDeadline,
    GetApplication,
    ListApplications,
    ScreenApplication,
)
from services.recruitment.contract.calls import Call, GetCall
from services.recruitment.contract.judging import GetScores, GrantBonus
from services.recruitment.contract.vocabulary import ApplicationStatus, BonusGround, LegalType

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
    call = ask(GetCall(call_id=call_id))
    applications = whole(ListApplications(call_id=call_id))
    waiting = [each for each in applications if each.status == ApplicationStatus.SUBMITTED]
    return page(
        "call_applications.html",
        told=TOLD,
        call=call,
        waiting=waiting,
        others=[each for each in applications if each not in waiting],
        open=is_open(call),
        **VOCABULARY,
    )


@pages.post("/applications/<application_id>/screening")
@roles_only(*STAFF)
def screen_application(application_id: str) -> Any:
    values = forms.written("points", "note", *FACTS, *draft.FLAGS)
    return forms.done(
        lambda: ask(forms.checked(ScreenApplication, {"application_id": application_id, **_screening(values)})),
        lambda complaints: shown(_of(application_id), complaints, values),
        lambda application: f"/calls/{application.call_id}/applications",
        "screened",
    )


@pages.post("/applications/<application_id>/extension")
@roles_only(*STAFF)
def extend_deadline(application_id: str) -> Any:
    values = forms.written("until", "reason")
    until = forms.moment_written("until", values, Plan.of().zone)
    return forms.done(
        lambda: ask(forms.filled(ExtendDeadline, application_id=application_id, **until)),
        lambda complaints: shown(_of(application_id), complaints, values),
        f"/applications/{application_id}",
        "extended",
    )


@pages.post("/applications/<application_id>/bonus")
@roles_only(*STAFF)
def grant_bonus(application_id: str) -> Any:
    values = forms.written("bonus", "ground")
    given = {"points" if name == "bonus" else name: value for name, value in values.items()}
    try:
        forms.submit(lambda: ask(forms.checked(GrantBonus, {"application_id": application_id, **given})), {})
    except forms.Wrong as wrong:
        by_field = {"bonus" if name == "points" else name: each for name, each in wrong.complaints.by_field.items()}
        complaints = forms.Complaints(by_field, wrong.complaints.whole, status=wrong.complaints.status)
        return shown(_of(application_id), complaints, values)
    return redirect_with_notice(f"/applications/{application_id}", "bonus")


def shown(
    application: Application,
    complaints: forms.Complaints | None = None,
    values: Mapping[str, object] | None = None,
) -> Any:
    call = ask(GetCall(call_id=application.call_id))
    is_shortlisted = application.status == ApplicationStatus.SHORTLISTED
    return page(
        "screening.html",
        application=application,
        call=call,
        said=facts_told(application),
        values=values or _as_it_is(application),
        complaints=complaints,
        screenable=_is_screenable(application, call),
        extensible=application.status in {ApplicationStatus.DRAFT, ApplicationStatus.SUBMITTED},
        scores=ask(GetScores(application_id=application.id)) if is_shortlisted else None,
        grounds=choices(BonusGround),
        legal_types=draft.legal_types(),
        yes_or_no=draft.yes_or_no(),
        labels={each: say(text) for each, text in draft.LABELS.items()},
        told=TOLD,
        **VOCABULARY,
    )


def facts_told(application: Application) -> list[tuple[str, str]]:
    """Return what an application says of its organisation: labels and words."""
    facts = []
    for name in draft.FIELDS["organisation"]:
        value = application.content.get(name)
        if value in (None, "", []):
            continue
        if name == "legal_type":
            text = label(LegalType(value))
        elif isinstance(value, bool):
            text = say("Yes") if value else say("No")
        elif isinstance(value, list):
            text = ", ".join(value)
        else:
            text = date_(value) if name in draft.DAYS else value
        facts.append((say(FACT_LABELS.get(name) or draft.LABELS[name]), text))
    return facts


def _of(application_id: str) -> Application:
    return ask(GetApplication(application_id=application_id))


def _screening(values: Mapping[str, str]) -> dict[str, object]:
    """The facts are only those that staff found to be other than declared."""
    facts: dict[str, object] = {name: values[name] for name in FACTS if name in values}
    facts |= {name: values[name] == draft.YES for name in draft.FLAGS if name in values}
    return {"facts": facts, **{name: values[name] for name in ("points", "note") if name in values}}


def _as_it_is(application: Application) -> dict[str, object]:
    """Return the values of the form for an application."""
    facts = application.facts or {}
    values: dict[str, object] = {name: facts.get(name) for name in FACTS}
    values |= {name: draft.YES if facts[name] else draft.NO for name in draft.FLAGS if facts.get(name) is not None}
    return {**values, "points": application.points, "note": application.note}


def _is_screenable(application: Application, call: Call) -> bool:
    is_over = application.status in {ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN}
    return not is_over and application.deadline <= clock.now() < call.interviews_start
