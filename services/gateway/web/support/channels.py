"""Sales channels: where organisations can sell, who was introduced there, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from services.centre.vocabulary import Field
from services.chassis.errors import NotFound
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.listing import shown, whole
from services.gateway.web.plan import Plan
from services.gateway.web.shell import STAFF, pages, person_only, roles_only
from services.gateway.web.support.shell import page
from services.gateway.web.words import choices, say
from services.training.contract.consulting import (
    EnterOpportunity,
    IntroduceOrganisation,
    ListIntroductions,
    ListOpportunities,
    RecordIntroductionResult,
)
from services.training.contract.vocabulary import Channel, Result

PLACES = {"already_introduced": "organisation_id"}


@pages.get("/opportunities")
@person_only
def show_opportunities() -> Any:
    channel = request.args.get("channel", "")
    opportunities, older = shown(ListOpportunities(channel=Channel(channel) if channel in set(Channel) else None))
    return page(
        "opportunities.html",
        opportunities=opportunities,
        older=older,
        today=Plan.of().today,
        channel=channel,
        channels=[("", say("all")), *choices(Channel)],
    )


@pages.get("/opportunities/new")
@roles_only(*STAFF)
def write_opportunity() -> Any:
    return _form({}, None)


@pages.post("/opportunities/new")
@roles_only(*STAFF)
def enter_opportunity() -> Any:
    return forms.done(
        lambda: ask(forms.filled(EnterOpportunity)),
        lambda complaints: _form(forms.entered(EnterOpportunity), complaints),
        lambda opportunity: f"/opportunities/{opportunity.id}",
        "opportunity",
    )


@pages.get("/opportunities/<opportunity_id>")
@person_only
def show_opportunity(opportunity_id: str) -> Any:
    return _opportunity(opportunity_id)


@pages.post("/opportunities/<opportunity_id>/introductions")
@roles_only(*STAFF)
def introduce(opportunity_id: str) -> Any:
    return forms.done(
        lambda: ask(forms.filled(IntroduceOrganisation, opportunity_id=opportunity_id)),
        lambda complaints: _opportunity(opportunity_id, complaints, forms.entered(IntroduceOrganisation)),
        f"/opportunities/{opportunity_id}",
        "introduced",
        PLACES,
    )


@pages.post("/opportunities/<opportunity_id>/introductions/<introduction_id>")
@roles_only(*STAFF)
def record_result(opportunity_id: str, introduction_id: str) -> Any:
    return forms.done(
        lambda: ask(forms.filled(RecordIntroductionResult, introduction_id=introduction_id)),
        lambda complaints: _opportunity(opportunity_id, complaints, {"introduction_id": introduction_id}),
        f"/opportunities/{opportunity_id}",
        "result",
    )


def _opportunity(
    opportunity_id: str, complaints: forms.Complaints | None = None, values: Mapping[str, Any] | None = None
) -> Any:
    introductions = whole(ListIntroductions(opportunity_id=opportunity_id))
    opportunity = next((each for each in whole(ListOpportunities()) if each.id == opportunity_id), None)
    if opportunity is None:
        raise NotFound
    return page(
        "opportunity.html",
        complaints,
        opportunity=opportunity,
        is_over=opportunity.closes_on is not None and opportunity.closes_on < Plan.of().today,
        introductions=introductions,
        values=values or {},
        results=choices(Result),
        tab="/opportunities",
    )


def _form(values: Mapping[str, Any], complaints: forms.Complaints | None) -> Any:
    return page(
        "opportunity_form.html",
        complaints,
        values=values,
        channels=choices(Channel),
        fields=choices(Field),
        tab="/opportunities",
    )
