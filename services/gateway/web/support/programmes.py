"""For staff: the grant programme, its communities, and spreading them over the activists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import request
from flask.typing import ResponseReturnValue

from services.centre.vocabulary import Field
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.listing import shown, whole, with_id
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, STAFF, pages, roles_only
from services.gateway.web.support.shell import page
from services.gateway.web.words import choices
from services.training.contract.programmes import (
    ActivistLoad,
    AddCommunity,
    ListActivists,
    ListProgrammes,
    ListSupportedCommunities,
    NewCommunity,
    OpenProgramme,
    PreviewSpread,
    Spread,
    SpreadCommunities,
    Support,
)
from services.training.contract.vocabulary import Stage

TAB = "/support/programmes"
PLACES = {"over_ceiling": "amount", "already_supported": "name"}


class LoadChange(NamedTuple):
    """Communities of an activist now (`before`) and after a spread. new: names of those that come to them."""

    then: ActivistLoad
    before: int
    new: list[str]


@pages.get(TAB)
@roles_only(*READERS)
def show_programmes() -> ResponseReturnValue:
    return _programmes({}, None)


@pages.post(TAB)
@roles_only(*STAFF)
def open_programme() -> ResponseReturnValue:
    return forms.done(
        lambda: ask(forms.filled(OpenProgramme)),
        lambda complaints: _programmes(forms.entered(OpenProgramme), complaints),
        lambda programme: f"{TAB}/{programme.id}",
        "opened",
    )


@pages.get(f"{TAB}/<programme_id>")
@roles_only(*READERS)
def show_programme(programme_id: str) -> ResponseReturnValue:
    return _programme(programme_id)


@pages.post(f"{TAB}/<programme_id>/communities")
@roles_only(*STAFF)
def add_community(programme_id: str) -> ResponseReturnValue:
    community = forms.entered(NewCommunity)
    return forms.done(
        lambda: ask(forms.filled(AddCommunity, programme_id=programme_id, community=community)),
        lambda complaints: _programme(programme_id, complaints, forms.entered(AddCommunity) | community),
        f"{TAB}/{programme_id}",
        "community",
        PLACES,
    )


@pages.post(f"{TAB}/<programme_id>/activists")
@roles_only(*STAFF)
def spread_communities(programme_id: str) -> ResponseReturnValue:
    """Show a preview; once it is confirmed, spread."""
    if "confirmed" in request.form:
        return forms.done(
            lambda: ask(forms.filled(SpreadCommunities, programme_id=programme_id)),
            lambda complaints: _programme(programme_id, complaints, {"about": "spread"}),
            f"{TAB}/{programme_id}",
            "spread",
        )
    try:
        preview = forms.submit(lambda: ask(forms.filled(PreviewSpread, programme_id=programme_id)), {})
    except forms.Wrong as wrong:
        return _programme(programme_id, wrong.complaints, {"about": "spread"})
    return page(
        "spread.html",
        programme=with_id(whole(ListProgrammes()), programme_id),
        preview=preview,
        changes=_changes(preview, whole(ListSupportedCommunities(programme_id=programme_id))),
        chosen=request.form.getlist("activist_ids"),
        tab=TAB,
    )


def _changes(preview: Spread, supports: Sequence[Support]) -> list[LoadChange]:
    before = Counter(each.activist_id for each in supports)
    of_community = {each.community.id: each for each in supports}
    return [
        LoadChange(
            load,
            before[load.activist_id],
            [
                of_community[key].community.name
                for key in load.community_ids
                if of_community[key].activist_id != load.activist_id
            ],
        )
        for load in preview.items
    ]


def _programmes(values: Mapping[str, object], complaints: forms.Complaints | None) -> ResponseReturnValue:
    programmes, older = shown(ListProgrammes())
    return page(
        "programmes.html",
        complaints,
        programmes=programmes,
        older=older,
        values={"year": Plan.of().today.year, **values},
        stages=choices(Stage),
        fields=choices(Field),
        tab=TAB,
    )


def _programme(
    programme_id: str, complaints: forms.Complaints | None = None, values: Mapping[str, object] | None = None
) -> ResponseReturnValue:
    supports = whole(ListSupportedCommunities(programme_id=programme_id))
    activists = whole(ListActivists())
    return page(
        "programme.html",
        complaints,
        programme=with_id(whole(ListProgrammes()), programme_id),
        supports=sorted(supports, key=lambda each: (each.activist_id is not None, each.community.name)),
        names={each.id: each.name for each in activists},
        activists=[(each.id, f"{each.name} ({each.load})") for each in activists if each.active],
        values=values or {},
        tab=TAB,
    )
