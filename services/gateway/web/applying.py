"""An organisation's application: its parts with their state, each saved as it is written; files; submitting it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import current_app, request

from services.chassis import clock
from services.chassis.errors import Invalid, Refused
from services.chassis.i18n import msgid as _
from services.gateway import documents, incoming
from services.gateway.client import ask
from services.gateway.web import draft, forms, screening
from services.gateway.web.addresses import redirect_with_notice
from services.gateway.web.selection import VOCABULARY, is_last_day, is_own, time_left
from services.gateway.web.shell import READERS, found, is_part, live, page, pages, person_only
from services.gateway.web.words import say
from services.recruitment.contract.applications import (
    Application,
    GetApplication,
    SubmitApplication,
    WithdrawApplication,
)
from services.recruitment.contract.calls import Call, GetCall
from services.recruitment.contract.vocabulary import ApplicationStatus as Status

AROUND_A_FILE = 16 << 10
"""Bytes at most of what a form sends beside its file."""
CHANGEABLE = {Status.DRAFT, Status.SUBMITTED}
OVER = {Status.WITHDRAWN, Status.INELIGIBLE, Status.NOT_SHORTLISTED}
TOLD = {
    "started": _("Your draft is there. Take the parts in any order."),
    "saved": _("Saved."),
    "received": _("We have the file."),
    "submitted": _("Submitted. Keep the receipt."),
    "withdrawn": _("Withdrawn. Nobody looks at it any more."),
}


@pages.get("/applications/<application_id>")
@person_only
def show_application(application_id: str) -> Any:
    """For its organisation what there is to do, for staff what there is to decide, for its judges their sheet."""
    application = ask(GetApplication(application_id=application_id))
    if is_own(application):
        return shown(application)
    if incoming.context().actor.has_role(*READERS):
        return screening.shown(application)
    return redirect_with_notice(f"/judging/{application_id}")


@pages.get("/applications/<application_id>/deadline")
@person_only
def show_deadline(application_id: str) -> Any:
    application = ask(GetApplication(application_id=application_id))
    return live("application_deadline.html", **_deadline(application))


@pages.get("/applications/<application_id>/parts/<name>")
@person_only
def show_part(application_id: str, name: str) -> Any:
    application, call = _with_call(application_id)
    return _part(application, call, name, draft.values(application))


@pages.post("/applications/<application_id>/parts/<name>")
@person_only
def save_part(application_id: str, name: str) -> Any:
    """By htmx as it is written, and with a button. `over`: the version on top of which it is saved all the same."""
    application, call = _with_call(application_id)
    found(name in draft.PARTS)
    values = draft.written()
    is_done = not is_part() or "done" in request.form
    try:
        command = draft.change(name, values, application, call, whole=is_done, version=_version_seen())
        saved = forms.submit(lambda: ask(command), {})
    except forms.Wrong as wrong:
        return _not_saved(application_id, call, name, values, wrong.complaints)
    if is_done:
        return _leave(f"/applications/{application_id}?told=saved")
    if saved.kind != application.kind:
        return _leave(f"/applications/{application_id}/parts/{name}")
    return page("application_saved.html", version=saved.version, saved_at=saved.changed_at)


@pages.get("/applications/<application_id>/documents/<kind>")
@person_only
def open_document(application_id: str, kind: str) -> Any:
    return documents.give_out(application_id, kind)


@pages.post("/applications/<application_id>/documents/<kind>")
@person_only
def send_document(application_id: str, kind: str) -> Any:
    complaints = None
    try:
        forms.submit(lambda: documents.take_in(application_id, kind, ""), {})
    except forms.Wrong as wrong:
        every = [*wrong.complaints.whole, *(each for some in wrong.complaints.by_field.values() for each in some)]
        complaints = forms.Complaints({f"document-{kind}": every}, status=wrong.complaints.status)
    if is_part():
        return _row(application_id, kind, complaints)
    if complaints:
        return shown(_of(application_id), complaints)
    return redirect_with_notice(f"/applications/{application_id}", notice="received")


@pages.post("/applications/<application_id>/submit")
@person_only
def submit_application(application_id: str) -> Any:
    return _done(SubmitApplication(application_id=application_id), "submitted")


@pages.post("/applications/<application_id>/withdraw")
@person_only
def withdraw_application(application_id: str) -> Any:
    return _done(WithdrawApplication(application_id=application_id), "withdrawn")


def shown(application: Application, complaints: forms.Complaints | None = None) -> Any:
    call = _call(application)
    return page(
        "application.html",
        parts=draft.parts(application),
        complaints=complaints,
        told=TOLD,
        **_deadline(application),
        **_around(application, call),
    )


def _row(application_id: str, kind: str, complaints: forms.Complaints | None) -> Any:
    """A document of the list, and whether all is there now."""
    application, call = _with_call(application_id)
    around = _around(application, call)
    document = next((each for each in around["files"] if each.id == kind), None)
    found(document)
    return page("application_document.html", document=document, alone=True, complaints=complaints, **around)


def _around(application: Application, call: Call) -> dict[str, Any]:
    return {
        "application": application,
        "call": call,
        "files": draft.files(application, call),
        "most_bytes": current_app.extensions["config"].body_limit - AROUND_A_FILE,
        "left": draft.left(application, call),
        "changed_since": draft.changed_since(application),
        "changeable": application.status in CHANGEABLE and clock.now() < application.deadline,
        "opened": call.intake_opens_at <= clock.now(),
        "is_over": application.status in OVER,
        **VOCABULARY,
    }


def _deadline(application: Application) -> dict[str, Any]:
    return {
        "application_id": application.id,
        "deadline": application.deadline,
        "is_last_day": is_last_day(application.deadline),
        "left_to_go": time_left(application.deadline),
    }


def _part(
    application: Application,
    call: Call,
    name: str,
    values: Mapping[str, Any],
    complaints: forms.Complaints | None = None,
    theirs: Sequence[Any] = (),
) -> Any:
    found(name in draft.PARTS)
    return page(
        "application_part.html",
        application=application,
        name=name,
        label=say(draft.PARTS[name]),
        values=values,
        complaints=complaints,
        theirs=theirs,
        version=application.version,
        **draft.choices_of(application, call),
    )


def _version_seen() -> str | None:
    """Return the version of the draft on top of which the part is saved, as the form has it."""
    return request.form.get("over") or request.form.get("version") or None


def _not_saved(
    application_id: str,
    call: Call,
    name: str,
    values: Mapping[str, Any],
    complaints: forms.Complaints,
) -> Any:
    """Nothing that was written is lost. Of somebody else's version it is shown what differs."""
    application = _of(application_id)
    theirs = draft.differences(name, values, application, call) if complaints.is_stale else ()
    if is_part():
        return page(
            "application_saved.html",
            status=complaints.status,
            version=request.form.get("version", ""),
            newest=application.version if complaints.is_stale else None,
            complaints=complaints,
            theirs=theirs,
        )
    return _part(application, call, name, values, complaints, theirs)


def _done(command: SubmitApplication | WithdrawApplication, told: str) -> Any:
    try:
        forms.submit(lambda: ask(command), {})
    except forms.Wrong as wrong:
        return shown(_of(command.application_id), _at_parts(wrong))
    return redirect_with_notice(f"/applications/{command.application_id}", notice=told)


def _at_parts(wrong: forms.Wrong) -> forms.Complaints:
    """Each complaint beside the part that it is about."""
    by_part: dict[str, list[str]] = {}
    whole = list(wrong.complaints.whole)
    cause = wrong.__cause__
    if isinstance(cause, Refused):
        whole = []
        for each in cause.refusals:
            if each.code == "document_missing":
                by_part.setdefault(f"document-{each.details['kind']}", []).append(each.message)
            elif each.code == "not_eligible":
                by_part.setdefault("organisation", []).append(each.message)
            else:
                whole.append(each.message)
    elif isinstance(cause, Invalid):
        for name in wrong.complaints.by_field:
            by_part.setdefault("organisation", []).append(say("Missing: %(name)s.", name=say(draft.LABELS[name])))
    return replace(wrong.complaints, by_field=by_part, whole=whole)


def _leave(address: str) -> Any:
    if not is_part():
        return redirect_with_notice(address)
    answered = page("nothing.html")
    answered.headers["HX-Redirect"] = address
    return answered


def _of(application_id: str) -> Application:
    """Raises NotFound for whoever does not apply with it."""
    application = ask(GetApplication(application_id=application_id))
    found(is_own(application))
    return application


def _call(application: Application) -> Call:
    return ask(GetCall(call_id=application.call_id))


def _with_call(application_id: str) -> tuple[Application, Call]:
    application = _of(application_id)
    return application, _call(application)
