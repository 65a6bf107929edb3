"""The resource survey: what there is in the field, what people say, what follows, and what the centre did about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from services.gateway.rpc import ask
from services.gateway.web import forms
from services.gateway.web import words as plain
from services.gateway.web.charts import Chart, Series
from services.gateway.web.listing import everything, paged
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, STAFF, pages, person_only, roles_only
from services.gateway.web.support import words
from services.gateway.web.support.shell import page
from services.gateway.web.words import say

TAB = "/support/resources"
LISTENERS = (*STAFF, "activist", "consultant")
CHARTED = 8


@pages.get(TAB)
@roles_only(*READERS)
def show_findings() -> Any:
    return _findings()


@pages.post(f"{TAB}/findings")
@roles_only(*STAFF)
def enter_finding() -> Any:
    values = forms.written("title", "theme", "field", "text")
    return forms.done(
        lambda: ask("training", "enter_finding", values),
        lambda complaints: _findings(complaints, values),
        TAB,
        "finding",
    )


@pages.post(f"{TAB}/findings/<finding_id>/rank")
@roles_only(*STAFF)
def rank_finding(finding_id: str) -> Any:
    values = forms.with_numbers(forms.written("rank"), "rank")
    return forms.done(
        lambda: ask("training", "rank_finding", {"finding_id": finding_id, **values}),
        lambda complaints: _findings(complaints, {"finding_id": finding_id, **values}),
        TAB,
        "ranked",
    )


@pages.post(f"{TAB}/findings/<finding_id>/deeds")
@roles_only(*STAFF)
def enter_deed(finding_id: str) -> Any:
    values = forms.written("kind", "reference", "note", "done_on")
    return forms.done(
        lambda: ask("training", "enter_deed", {"finding_id": finding_id, **values}),
        lambda complaints: _findings(complaints, {"finding_id": finding_id, **values}),
        TAB,
        "deed",
    )


@pages.get("/findings")
@person_only
def read_findings() -> Any:
    """What was found and what came of it, for everybody who is logged in."""
    found, older = paged("training", "list_findings")
    return page("findings.html", findings=found, older=older)


@pages.get(f"{TAB}/assets")
@roles_only(*READERS)
def show_assets() -> Any:
    wanted = {"kind": kind} if (kind := request.args.get("kind", "")) in words.KINDS else {}
    found, older = paged("training", "list_assets", **wanted)
    kinds = [("", say("all")), *words.options(words.KINDS)]
    return page("assets.html", assets=found, older=older, kind=kind, kinds=kinds, tab=TAB)


@pages.get("/assets/new")
@roles_only(*LISTENERS)
def write_asset() -> Any:
    return _asset({}, None)


@pages.post("/assets/new")
@roles_only(*LISTENERS)
def enter_asset() -> Any:
    values = forms.written("kind", "name", "area", "field", "description", "source", "consent", "consented_on")
    return forms.done(
        lambda: ask("training", "enter_asset", values),
        lambda complaints: _asset(values, complaints),
        "/assets/new",
        "asset",
        {"consent_missing": "consent", "duplicate": "name"},
    )


@pages.get(f"{TAB}/voices")
@roles_only(*READERS)
def show_voices() -> Any:
    wanted = {"theme": theme} if (theme := request.args.get("theme", "").strip()[:100]) else {}
    found, older = paged("training", "list_voices", **wanted)
    themes = [("", say("all"))] + [
        (each["theme"], f"{each['theme']} ({each['voices']})") for each in ask("training", "list_themes")["items"]
    ]
    return page("voices.html", voices=found, older=older, theme=theme, themes=themes, tab=TAB)


@pages.get("/voices/new")
@roles_only(*LISTENERS)
def write_voice() -> Any:
    return _voice({}, None)


@pages.post("/voices/new")
@roles_only(*LISTENERS)
def enter_voice() -> Any:
    values = forms.written("theme", "words", "field", "area", "source", "heard_on")
    return forms.done(
        lambda: ask("training", "enter_voice", values),
        lambda complaints: _voice(values, complaints),
        "/voices/new",
        "voice",
    )


def _findings(complaints: forms.Complaints | None = None, values: Mapping[str, Any] | None = None) -> Any:
    themes = ask("training", "list_themes")["items"]
    charted = themes[:CHARTED]
    return page(
        "resources.html",
        complaints,
        findings=everything("training", "list_findings"),
        themes=themes,
        chart=Chart(
            say("Voices by theme"),
            say("Theme"),
            [each["theme"] for each in charted],
            [Series(say("Voices"), [each["voices"] for each in charted])],
            top=4,
        ),
        deeds=words.options(words.DEEDS),
        fields=words.options(plain.FIELDS),
        values=values or {},
        today=Plan.of().today.isoformat(),
        tab=TAB,
    )


def _asset(values: Mapping[str, Any], complaints: forms.Complaints | None) -> Any:
    return page(
        "asset_form.html",
        complaints,
        values=values,
        kinds=words.options(words.KINDS),
        consents=words.options(words.CONSENT),
        fields=words.options(plain.FIELDS),
        tab=TAB,
    )


def _voice(values: Mapping[str, Any], complaints: forms.Complaints | None) -> Any:
    today = Plan.of().today.isoformat()
    shown = {"heard_on": today, **values}
    return page("voice_form.html", complaints, values=shown, fields=words.options(plain.FIELDS), tab=TAB)
