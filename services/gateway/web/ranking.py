"""For staff: the progress of the judges, the ranking and the vote on ties, the results, and the offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import request

from services.chassis.errors import Refused
from services.chassis.i18n import msgid as _
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.addresses import redirect_with_notice, whole_number
from services.gateway.web.listing import whole
from services.gateway.web.selection import VOCABULARY
from services.gateway.web.shell import READERS, STAFF, page, pages, roles_only
from services.gateway.web.words import say
from services.recruitment.contract.applications import ListApplications
from services.recruitment.contract.calls import GetCall
from services.recruitment.contract.judging import (
    GetRanking,
    Line,
    PublishResults,
    RankApplications,
    Ranking,
    RecordTieVote,
    Vote,
)
from services.recruitment.contract.tenancies import ListOffers
from services.recruitment.contract.vocabulary import UnitKind

TOLD = {
    "ranked": _("The ranking is frozen. Nobody sees it until you publish the results."),
    "voted": _("The vote is recorded. Rank them now."),
    "published": _("The results are out: every applicant is told, and the units are offered by rank."),
}


@pages.get("/calls/<call_id>/ranking")
@roles_only(*READERS)
def show_ranking(call_id: str) -> Any:
    return _shown(call_id)


@pages.post("/calls/<call_id>/ranking")
@roles_only(*STAFF)
def rank_applications(call_id: str) -> Any:
    return _done(call_id, lambda: ask(RankApplications(call_id=call_id)), "ranked")


@pages.post("/calls/<call_id>/results")
@roles_only(*STAFF)
def publish_results(call_id: str) -> Any:
    return _done(call_id, lambda: ask(PublishResults(call_id=call_id)), "published")


@pages.post("/calls/<call_id>/vote")
@roles_only(*STAFF)
def record_vote(call_id: str) -> Any:
    """Each of those that are tied has got a place; the places are all different."""
    places = {
        name.removeprefix("place-"): whole_number(text, 0)
        for name, text in request.form.items()
        if name.startswith("place-")
    }
    if sorted(filter(None, places.values())) != list(range(1, len(places) + 1)):
        complaints = forms.Complaints(whole=[say("Give every application a place of its own.")])
        return _shown(call_id, complaints, [list(places)])
    order = sorted(places, key=lambda each: places[each] or 0)

    def do() -> Vote:
        values = {"call_id": call_id, "application_ids": order, **forms.written("note")}
        return ask(forms.checked(RecordTieVote, values))

    def again(complaints: forms.Complaints) -> Any:
        return _shown(call_id, complaints, [list(places)])

    return forms.done(do, again, f"/calls/{call_id}/ranking", "voted")


def _done(call_id: str, do: Callable[[], object], told: str) -> Any:
    try:
        forms.submit(do, {})
    except forms.Wrong as wrong:
        return _shown(call_id, wrong.complaints, _ties(wrong))
    return redirect_with_notice(f"/calls/{call_id}/ranking", notice=told)


def _ties(wrong: forms.Wrong) -> list[Sequence[str]]:
    cause = wrong.__cause__
    if not isinstance(cause, Refused):
        return []
    return [each.details["application_ids"] for each in cause.refusals if each.code == "tie_unresolved"]


def _shown(call_id: str, complaints: forms.Complaints | None = None, ties: Sequence[Sequence[str]] = ()) -> Any:
    call = ask(GetCall(call_id=call_id))
    ranking = ask(GetRanking(call_id=call_id))
    return page(
        "call_ranking.html",
        call=call,
        ranking=ranking,
        by_kind=_by_kind(ranking),
        names={each.id: each.organisation_name for each in whole(ListApplications(call_id=call_id))},
        waited_for=sum(each.submitted < each.expected for each in ranking.progress),
        offers=whole(ListOffers(call_id=call_id)) if call.results_at else [],
        ties=ties,
        votes=lambda tie: [("", "–"), *((place, place) for place in range(1, len(tie) + 1))],
        complaints=complaints,
        told=TOLD,
        **VOCABULARY,
    )


def _by_kind(ranking: Ranking) -> dict[UnitKind, list[Line]]:
    lines: dict[UnitKind, list[Line]] = {}
    for each in ranking.lines:
        lines.setdefault(each.kind, []).append(each)
    return lines
