"""Result of an application: scores, rank and how it came about; the offer, or the place on the waiting list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.chassis import clock
from services.chassis.i18n import msgid as _
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.addresses import redirect_with_notice
from services.gateway.web.listing import whole
from services.gateway.web.selection import VOCABULARY, is_own, time_left
from services.gateway.web.shell import found, page, pages, person_only
from services.recruitment.contract.applications import Application, GetApplication
from services.recruitment.contract.calls import GetCall
from services.recruitment.contract.judging import GetRanking, Line
from services.recruitment.contract.tenancies import AcceptOffer, DeclineOffer, GetOffer, ListOffers, Offer
from services.recruitment.contract.vocabulary import OfferStatus, Outcome

TOLD = {
    "accepted": _("Accepted. Read the contract and sign it."),
    "declined": _("Declined. The next in rank is offered it."),
}
OPEN = (OfferStatus.OFFERED, OfferStatus.ACCEPTED)


@pages.get("/applications/<application_id>/result")
@person_only
def show_result(application_id: str) -> Any:
    return _shown(application_id)


@pages.post("/offers/<offer_id>/<any(accept, decline):answer>")
@person_only
def answer_offer(offer_id: str, answer: str) -> Any:
    application_id = ask(GetOffer(offer_id=offer_id)).application_id
    decision = AcceptOffer(offer_id=offer_id) if answer == "accept" else DeclineOffer(offer_id=offer_id)
    try:
        offer = forms.submit(lambda: ask(decision), {})
    except forms.Wrong as wrong:
        return _shown(application_id, wrong.complaints)
    if answer == "accept":
        return redirect_with_notice(f"/tenancies/{offer.tenancy_id}", "accepted")
    return redirect_with_notice(f"/applications/{application_id}/result", "declined")


def _shown(application_id: str, complaints: forms.Complaints | None = None) -> Any:
    application = ask(GetApplication(application_id=application_id))
    found(is_own(application))
    call = ask(GetCall(call_id=application.call_id))
    lines = ask(GetRanking(call_id=call.id)).lines if call.results_at else []
    own = next((each for each in lines if each.application_id == application_id), None)
    offer = _offer(application)
    return page(
        "result.html",
        application=application,
        call=call,
        own=own,
        of_kind=[each for each in lines if own and each.kind == own.kind],
        waiting=_position(own, lines) if own else None,
        offer=offer,
        is_live=offer is not None and offer.status in OPEN and clock.now() < offer.expires_at,
        time_left=time_left,
        complaints=complaints,
        told=TOLD,
        **VOCABULARY,
    )


def _position(own: Line, lines: Sequence[Line]) -> int | None:
    """Return the position on the waiting list of its kind of unit, from 1."""
    if own.outcome != Outcome.WAITING:
        return None
    return 1 + sum(each.kind == own.kind and each.outcome == Outcome.WAITING and each.rank < own.rank for each in lines)


def _offer(application: Application) -> Offer | None:
    offers = whole(ListOffers(call_id=application.call_id, own=True))
    return next((each for each in offers if each.application_id == application.id), None)
