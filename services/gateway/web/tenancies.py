"""Tenancies: contract, rent, invoices, review, notice and moving out, for the tenant and for staff."""

from __future__ import annotations

import base64
from typing import Any

from flask import Response, request

from services.chassis import clock
from services.chassis.contract import Request
from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.addresses import redirect_with_notice
from services.gateway.web.listing import whole
from services.gateway.web.plan import Plan
from services.gateway.web.selection import VOCABULARY, is_own_organisation, is_review_due, time_left
from services.gateway.web.shell import READERS, STAFF, page, pages, person_only, roles_only, set_deadline
from services.gateway.web.words import say
from services.recruitment.contract.tenancies import (
    GetContract,
    GetTenancy,
    GiveNotice,
    ListTenancies,
    MoveOut,
    ReviewTenancy,
    SignTenancy,
    Tenancy,
)
from services.recruitment.contract.vocabulary import TenancyStatus

TOLD = {
    "accepted": _("Accepted. Read the contract and sign it."),
    "signed": _("Signed. The unit is yours."),
    "noticed": _("The notice is given."),
    "extended": _("The review is recorded."),
    "ticked": _("Recorded."),
}
PAST = {TenancyStatus.MOVED_OUT, TenancyStatus.LAPSED}
WAITING = {TenancyStatus.ENDED, TenancyStatus.ENDING, TenancyStatus.UNSIGNED}
PDF_SHARE = 1.5
"""Of MADANG_RPC_DEADLINE, as PAGE_SHARE. The first PDF also reads the fonts."""


@pages.get("/tenancy")
@person_only
def show_our_tenancy() -> Any:
    """Show the reader's own tenancies. If only one is live, go to its page."""
    if incoming.context().actor.has_role(*READERS):
        return redirect_with_notice("/tenancies")
    own = [each for each in whole(ListTenancies()) if is_own_organisation(each.organisation_id)]
    live = [each for each in own if each.status not in PAST]
    if len(live) == 1:
        return redirect_with_notice(f"/tenancies/{live[0].id}")
    past = [each for each in own if each.status in PAST]
    return page("tenancies.html", title=say("Our tenancy"), live=live, past=past, **_more())


@pages.get("/tenancies")
@roles_only(*READERS)
def show_tenancies() -> Any:
    tenancies = whole(ListTenancies())
    live = [each for each in tenancies if each.status not in PAST]
    return page(
        "tenancies.html",
        title=say("Tenancies"),
        live=sorted(live, key=lambda each: (each.status not in WAITING, each.ends_on)),
        past=[each for each in tenancies if each.status in PAST],
        **_more(),
    )


@pages.get("/tenancies/<tenancy_id>")
@person_only
def show_tenancy(tenancy_id: str) -> Any:
    return _tenancy(tenancy_id)


@pages.get("/tenancies/<tenancy_id>/contract.pdf")
@person_only
def show_contract(tenancy_id: str) -> Any:
    set_deadline(PDF_SHARE)
    contract = ask(GetContract(tenancy_id=tenancy_id))
    headers = {"Content-Disposition": f'inline; filename="{contract.name}"', "Cache-Control": "private, no-store"}
    return Response(base64.b64decode(contract.content), mimetype="application/pdf", headers=headers)


@pages.post("/tenancies/<tenancy_id>/sign")
@person_only
def sign(tenancy_id: str) -> Any:
    return _step(tenancy_id, SignTenancy, "signed")


@pages.post("/tenancies/<tenancy_id>/notice")
@person_only
def give_notice(tenancy_id: str) -> Any:
    return _step(tenancy_id, GiveNotice, "noticed")


@pages.post("/tenancies/<tenancy_id>/review")
@roles_only(*STAFF)
def review(tenancy_id: str) -> Any:
    return _step(tenancy_id, ReviewTenancy, "extended")


@pages.post("/tenancies/<tenancy_id>/move-out")
@roles_only(*STAFF)
def move_out(tenancy_id: str) -> Any:
    return _step(tenancy_id, MoveOut, "ticked")


def _step(tenancy_id: str, step: type[Request[Tenancy]], notice: str) -> Any:
    return forms.done(
        lambda: ask(forms.filled(step, tenancy_id=tenancy_id)),
        lambda complaints: _tenancy(tenancy_id, complaints),
        f"/tenancies/{tenancy_id}",
        notice,
    )


def _tenancy(tenancy_id: str, complaints: forms.Complaints | None = None) -> Any:
    tenancy = ask(GetTenancy(tenancy_id=tenancy_id))
    today = clock.now().astimezone(Plan.of().zone).date()
    return page(
        "tenancy.html",
        tenancy=tenancy,
        own=is_own_organisation(tenancy.organisation_id),
        reviewable=is_review_due(tenancy, today),
        values=request.form,
        complaints=complaints,
        told=TOLD,
        **_more(),
    )


def _more() -> dict[str, Any]:
    return {"time_left": time_left, **VOCABULARY}
