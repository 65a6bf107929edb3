"""Tenancies: contract, rent, invoices, review, notice and moving out, for the tenant and for staff."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from flask import Response, request

from services.chassis import clock
from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.api.operations import ask
from services.gateway.api.schemas.tenancies import Notice, RenewalReview
from services.gateway.web import forms
from services.gateway.web.listing import everything
from services.gateway.web.plan import Plan
from services.gateway.web.selection import VOCABULARY, is_own, is_review_due, time_left
from services.gateway.web.shell import READERS, STAFF, page, pages, person_only, roles_only, set_deadline, to
from services.gateway.web.words import say

TOLD = {
    "accepted": _("Accepted. Read the contract and sign it."),
    "signed": _("Signed. The unit is yours."),
    "noticed": _("The notice is given."),
    "extended": _("The review is recorded."),
    "ticked": _("Recorded."),
}
GONE = {"moved_out", "lapsed"}
PDF_SHARE = 1.5
"""Of MADANG_RPC_DEADLINE, as PAGE_SHARE. The first PDF also reads the fonts."""
WAITS = ("ended", "ending", "unsigned")


@pages.get("/tenancy")
@person_only
def show_our_tenancy() -> Any:
    """The reader's own; the one there is at once."""
    if incoming.context().actor.has_role(*READERS):
        return to("/tenancies")
    own = [each for each in everything("recruitment", "list_tenancies") if is_own(each)]
    live = [each for each in own if each["status"] not in GONE]
    if len(live) == 1:
        return to(f"/tenancies/{live[0]['id']}")
    gone = [each for each in own if each["status"] in GONE]
    return page("tenancies.html", title=say("Our tenancy"), live=live, gone=gone, **_more())


@pages.get("/tenancies")
@roles_only(*READERS)
def show_tenancies() -> Any:
    found = everything("recruitment", "list_tenancies")
    live = [each for each in found if each["status"] not in GONE]
    return page(
        "tenancies.html",
        title=say("Tenancies"),
        live=sorted(live, key=lambda each: (each["status"] not in WAITS, str(each["ends_on"]))),
        gone=[each for each in found if each["status"] in GONE],
        **_more(),
    )


@pages.get("/tenancies/<tenancy_id>")
@person_only
def show_tenancy(tenancy_id: str) -> Any:
    return _shown(tenancy_id)


@pages.get("/tenancies/<tenancy_id>/contract.pdf")
@person_only
def show_contract(tenancy_id: str) -> Any:
    set_deadline(PDF_SHARE)
    contract = ask("recruitment", "get_contract", {"tenancy_id": tenancy_id})
    headers = {"Content-Disposition": f'inline; filename="{contract["name"]}"', "Cache-Control": "private, no-store"}
    return Response(base64.b64decode(contract["content"]), mimetype="application/pdf", headers=headers)


@pages.post("/tenancies/<tenancy_id>/sign")
@person_only
def sign(tenancy_id: str) -> Any:
    return _done(tenancy_id, lambda: ask("recruitment", "sign_tenancy", {"tenancy_id": tenancy_id}), "signed")


@pages.post("/tenancies/<tenancy_id>/notice")
@person_only
def give_notice(tenancy_id: str) -> Any:
    def do() -> Any:
        body = forms.loaded(Notice, forms.written("ends_on"))
        return ask("recruitment", "give_notice", {"tenancy_id": tenancy_id, **body})

    return _done(tenancy_id, do, "noticed")


@pages.post("/tenancies/<tenancy_id>/review")
@roles_only(*STAFF)
def review(tenancy_id: str) -> Any:
    def do() -> Any:
        values = forms.written("score", "note")
        body = forms.loaded(RenewalReview, {**values, **forms.number_written("score", values)})
        return ask("recruitment", "review_tenancy", {"tenancy_id": tenancy_id, **body})

    return _done(tenancy_id, do, "extended")


@pages.post("/tenancies/<tenancy_id>/move-out")
@roles_only(*STAFF)
def move_out(tenancy_id: str) -> Any:
    def do() -> Any:
        ticked = {name: True for name in ("restored", "card_returned") if name in request.form}
        values = forms.with_numbers(forms.written("deductions", "note"), "deductions")
        return ask("recruitment", "move_out", {"tenancy_id": tenancy_id, **ticked, **values})

    return _done(tenancy_id, do, "ticked")


def _done(tenancy_id: str, do: Callable[[], Any], told: str) -> Any:
    return forms.done(do, lambda complaints: _shown(tenancy_id, complaints), f"/tenancies/{tenancy_id}", told)


def _shown(tenancy_id: str, complaints: forms.Complaints | None = None) -> Any:
    tenancy = ask("recruitment", "get_tenancy", {"tenancy_id": tenancy_id})
    today = clock.now().astimezone(Plan.of().zone).date()
    return page(
        "tenancy.html",
        tenancy=tenancy,
        own=is_own(tenancy),
        reviewable=is_review_due(tenancy, today),
        values=request.form,
        complaints=complaints,
        told=TOLD,
        **_more(),
    )


def _more() -> dict[str, Any]:
    return {"time_left": time_left, **VOCABULARY}
