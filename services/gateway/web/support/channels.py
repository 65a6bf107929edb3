"""Sales channels: where organisations can sell, who was introduced there, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from services.gateway.api.operations import ask
from services.gateway.web import forms
from services.gateway.web import words as plain
from services.gateway.web.listing import everything, one_of, paged
from services.gateway.web.plan import Plan
from services.gateway.web.shell import STAFF, pages, person_only, roles_only
from services.gateway.web.support import words
from services.gateway.web.support.shell import page
from services.gateway.web.words import say

PLACES = {"already_introduced": "organisation_id"}


@pages.get("/opportunities")
@person_only
def show_opportunities() -> Any:
    wanted = {"channel": channel} if (channel := request.args.get("channel", "")) in words.CHANNELS else {}
    found, older = paged("training", "list_opportunities", **wanted)
    return page(
        "opportunities.html",
        opportunities=found,
        older=older,
        today=Plan.of().today.isoformat(),
        channel=channel,
        channels=[("", say("all")), *words.options(words.CHANNELS)],
    )


@pages.get("/opportunities/new")
@roles_only(*STAFF)
def write_opportunity() -> Any:
    return _form({}, None)


@pages.post("/opportunities/new")
@roles_only(*STAFF)
def enter_opportunity() -> Any:
    values = forms.written("channel", "title", "organiser", "field", "description", "closes_on")
    return forms.done(
        lambda: ask("training", "enter_opportunity", values),
        lambda complaints: _form(values, complaints),
        lambda made: f"/opportunities/{made['id']}",
        "opportunity",
    )


@pages.get("/opportunities/<opportunity_id>")
@person_only
def show_opportunity(opportunity_id: str) -> Any:
    return _opportunity(opportunity_id)


@pages.post("/opportunities/<opportunity_id>/introductions")
@roles_only(*STAFF)
def introduce(opportunity_id: str) -> Any:
    values = forms.with_numbers(
        forms.written("organisation_id", "organisation_name", "result", "amount", "note"), "amount"
    )
    return forms.done(
        lambda: ask("training", "introduce_organisation", {"opportunity_id": opportunity_id, **values}),
        lambda complaints: _opportunity(opportunity_id, complaints, values),
        f"/opportunities/{opportunity_id}",
        "introduced",
        PLACES,
    )


@pages.post("/opportunities/<opportunity_id>/introductions/<introduction_id>")
@roles_only(*STAFF)
def record_result(opportunity_id: str, introduction_id: str) -> Any:
    values = forms.with_numbers(forms.written("result", "amount", "note"), "amount")
    return forms.done(
        lambda: ask("training", "record_introduction_result", {"introduction_id": introduction_id, **values}),
        lambda complaints: _opportunity(opportunity_id, complaints, {"introduction_id": introduction_id, **values}),
        f"/opportunities/{opportunity_id}",
        "result",
    )


def _opportunity(
    opportunity_id: str, complaints: forms.Complaints | None = None, values: Mapping[str, Any] | None = None
) -> Any:
    introductions = everything("training", "list_introductions", opportunity_id=opportunity_id)
    opportunity = one_of(everything("training", "list_opportunities"), opportunity_id)
    return page(
        "opportunity.html",
        complaints,
        opportunity=opportunity,
        is_over=bool(opportunity["closes_on"]) and opportunity["closes_on"] < Plan.of().today.isoformat(),
        introductions=introductions,
        values=values or {},
        results=words.results(),
        tab="/opportunities",
    )


def _form(values: Mapping[str, Any], complaints: forms.Complaints | None) -> Any:
    return page(
        "opportunity_form.html",
        complaints,
        values=values,
        channels=words.options(words.CHANNELS),
        fields=words.options(plain.FIELDS),
        tab="/opportunities",
    )
