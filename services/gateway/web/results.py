"""What came of an application: own scores, rank, how it was reckoned; the offer, and the place on the waiting list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.chassis import clock
from services.chassis.i18n import msgid as _
from services.gateway.api.operations import ask
from services.gateway.web import forms
from services.gateway.web.selection import VOCABULARY, at, is_own, time_left
from services.gateway.web.shell import found, page, pages, person_only, to

TOLD = {
    "accepted": _("Accepted. Read the contract and sign it."),
    "declined": _("Declined. The next in rank is offered it."),
}


@pages.get("/applications/<application_id>/result")
@person_only
def show_result(application_id: str) -> Any:
    return _shown(application_id)


@pages.post("/offers/<offer_id>/<any(accept, decline):answer>")
@person_only
def answer_offer(offer_id: str, answer: str) -> Any:
    offer = ask("recruitment", "get_offer", {"offer_id": offer_id})
    try:
        decided = forms.submit(lambda: ask("recruitment", f"{answer}_offer", {"offer_id": offer_id}), {})
    except forms.Wrong as wrong:
        return _shown(offer["application_id"], wrong.complaints)
    if answer == "accept":
        return to(f"/tenancies/{decided['tenancy_id']}", told="accepted")
    return to(f"/applications/{offer['application_id']}/result", told="declined")


def _shown(application_id: str, complaints: forms.Complaints | None = None) -> Any:
    application = ask("recruitment", "get_application", {"application_id": application_id})
    found(is_own(application))
    call = ask("recruitment", "get_call", {"call_id": application["call_id"]})
    lines = _lines(call) if call["results_at"] else []
    own = next((each for each in lines if each["application_id"] == application_id), None)
    return page(
        "result.html",
        application=application,
        call=call,
        own=own,
        of_kind=[each for each in lines if own and each["kind"] == own["kind"]],
        waiting=_position(own, lines) if own else None,
        offer=_offer(application),
        time_left=time_left,
        complaints=complaints,
        told=TOLD,
        **VOCABULARY,
    )


def _lines(call: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    ranking: Mapping[str, Any] = ask("recruitment", "get_ranking", {"call_id": call["id"]})
    lines: Sequence[Mapping[str, Any]] = ranking["lines"]
    return lines


def _position(own: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> int | None:
    """On the waiting list of its kind of unit, from 1."""
    if own["outcome"] != "waiting":
        return None
    before = [each for each in lines if each["kind"] == own["kind"] and each["outcome"] == "waiting"]
    return 1 + sum(1 for each in before if each["rank"] < own["rank"])


def _offer(application: Mapping[str, Any]) -> dict[str, Any] | None:
    wanted = {"call_id": application["call_id"], "own": True, "limit": 100}
    offers = ask("recruitment", "list_offers", wanted)["items"]
    offer = next((each for each in offers if each["application_id"] == application["id"]), None)
    if offer is None:
        return None
    is_live = offer["status"] in {"offered", "accepted"} and clock.now() < at(offer["expires_at"])
    return {**offer, "is_live": is_live}
