"""For staff: the grant programme, its communities, and spreading them over the activists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from services.gateway.api.operations import ask
from services.gateway.web import forms
from services.gateway.web import words as plain
from services.gateway.web.listing import everything, one_of, paged
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, STAFF, pages, roles_only
from services.gateway.web.support import words
from services.gateway.web.support.shell import page

TAB = "/support/programmes"
PLACES = {"over_ceiling": "amount", "already_supported": "name"}


@pages.get(TAB)
@roles_only(*READERS)
def show_programmes() -> Any:
    return _programmes({}, None)


@pages.post(TAB)
@roles_only(*STAFF)
def open_programme() -> Any:
    values = forms.with_numbers(forms.written("title", "year", "stage", "field"), "year")
    return forms.done(
        lambda: ask("training", "open_programme", values),
        lambda complaints: _programmes(values, complaints),
        lambda made: f"{TAB}/{made['id']}",
        "opened",
    )


@pages.get(f"{TAB}/<programme_id>")
@roles_only(*READERS)
def show_programme(programme_id: str) -> Any:
    return _programme(programme_id)


@pages.post(f"{TAB}/<programme_id>/communities")
@roles_only(*STAFF)
def add_community(programme_id: str) -> Any:
    values = forms.with_numbers(forms.written("name", "area", "members", "amount"), "members", "amount")
    community = {name: values[name] for name in ("name", "area", "members") if name in values}
    wanted = {"programme_id": programme_id, "community": community}
    if "amount" in values:
        wanted["amount"] = values["amount"]
    return forms.done(
        lambda: ask("training", "add_community", wanted),
        lambda complaints: _programme(programme_id, complaints, values),
        f"{TAB}/{programme_id}",
        "community",
        PLACES,
    )


@pages.post(f"{TAB}/<programme_id>/activists")
@roles_only(*STAFF)
def spread_communities(programme_id: str) -> Any:
    """First what it would be, then, confirmed, it is."""
    wanted = {"programme_id": programme_id, "activist_ids": request.form.getlist("activist_ids")}
    if "confirmed" in request.form:
        return forms.done(
            lambda: ask("training", "spread_communities", wanted),
            lambda complaints: _programme(programme_id, complaints, {"about": "spread"}),
            f"{TAB}/{programme_id}",
            "spread",
        )
    try:
        preview = forms.submit(lambda: ask("training", "preview_spread", wanted), {})
    except forms.Wrong as wrong:
        return _programme(programme_id, wrong.complaints, {"about": "spread"})
    supports = everything("training", "list_supported_communities", programme_id=programme_id)
    return page(
        "spread.html",
        programme=one_of(everything("training", "list_programmes"), programme_id),
        preview=preview,
        rows=_before_and_after(preview, supports),
        chosen=wanted["activist_ids"],
        tab=TAB,
    )


def _before_and_after(preview: Mapping[str, Any], supports: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """By activist: how many communities they have now and then, and which ones come to them."""
    before = Counter(each["activist_id"] for each in supports)
    of_community = {each["community"]["id"]: each for each in supports}
    return [
        {
            **each,
            "before": before[each["activist_id"]],
            "new": [
                of_community[key]["community"]["name"]
                for key in each["community_ids"]
                if of_community[key]["activist_id"] != each["activist_id"]
            ],
        }
        for each in preview["items"]
    ]


def _programmes(values: Mapping[str, Any], complaints: forms.Complaints | None) -> Any:
    found, older = paged("training", "list_programmes")
    return page(
        "programmes.html",
        complaints,
        programmes=found,
        older=older,
        values={"year": Plan.of().today.year, **values},
        stages=words.options(words.STAGES),
        fields=words.options(plain.FIELDS),
        tab=TAB,
    )


def _programme(
    programme_id: str, complaints: forms.Complaints | None = None, values: Mapping[str, Any] | None = None
) -> Any:
    supports = everything("training", "list_supported_communities", programme_id=programme_id)
    activists = everything("training", "list_activists")
    return page(
        "programme.html",
        complaints,
        programme=one_of(everything("training", "list_programmes"), programme_id),
        supports=sorted(supports, key=lambda each: (each["activist_id"] is not None, each["community"]["name"])),
        names={each["id"]: each["name"] for each in activists},
        activists=[(each["id"], f"{each['name']} ({each['load']})") for each in activists if each["active"]],
        values=values or {},
        tab=TAB,
    )
