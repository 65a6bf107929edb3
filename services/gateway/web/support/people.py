"""For staff: the register of activists, and the consultants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from services.gateway.api.operations import ask
from services.gateway.web import forms
from services.gateway.web import words as plain
from services.gateway.web.listing import everything
from services.gateway.web.shell import READERS, STAFF, pages, roles_only
from services.gateway.web.support import words
from services.gateway.web.support.shell import page

TAB = "/support/people"
MOST_AT_ONCE = 5


@pages.get(TAB)
@roles_only(*READERS)
def show_people() -> Any:
    return _people()


@pages.get(f"{TAB}/activist")
@roles_only(*STAFF)
def write_activist() -> Any:
    return _activist(_known(everything("training", "list_activists")), None)


@pages.post(f"{TAB}/activist")
@roles_only(*STAFF)
def put_activist() -> Any:
    values: dict[str, Any] = {**forms.written("id", "name", "field", "area"), "active": "active" in request.form}
    return forms.done(
        lambda: ask("training", "put_activist", values),
        lambda complaints: _activist(values, complaints),
        TAB,
        "activist",
    )


@pages.get(f"{TAB}/consultant")
@roles_only(*STAFF)
def write_consultant() -> Any:
    return _consultant(_known(everything("training", "list_consultants")), None)


@pages.post(f"{TAB}/consultant")
@roles_only(*STAFF)
def put_consultant() -> Any:
    values: dict[str, Any] = forms.with_numbers(forms.written("id", "name", "most"), "most")
    values |= {"topics": request.form.getlist("topics"), "active": "active" in request.form}
    return forms.done(
        lambda: ask("training", "put_consultant", values),
        lambda complaints: _consultant(values, complaints),
        TAB,
        "consultant",
    )


def _people() -> Any:
    return page(
        "people.html",
        activists=sorted(everything("training", "list_activists"), key=lambda each: (not each["active"], each["name"])),
        consultants=everything("training", "list_consultants"),
        tab=TAB,
    )


def _known(found: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The one that the address names, to be changed; else a new one, which is active."""
    return next((each for each in found if each["id"] == request.args.get("id")), {"active": True})


def _activist(values: Mapping[str, Any], complaints: forms.Complaints | None) -> Any:
    fields = words.options(plain.FIELDS)
    return page("activist_form.html", complaints, values=values, fields=fields, tab=TAB)


def _consultant(values: Mapping[str, Any], complaints: forms.Complaints | None) -> Any:
    topics = words.options(words.TOPICS)
    shown = {"most": MOST_AT_ONCE, **values}
    return page("consultant_form.html", complaints, values=shown, topics=topics, tab=TAB)
