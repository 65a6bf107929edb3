"""For staff: the register of activists, and the consultants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from flask import request
from flask.typing import ResponseReturnValue

from services.centre.vocabulary import Field
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.listing import whole
from services.gateway.web.shell import READERS, STAFF, pages, roles_only
from services.gateway.web.support.shell import page
from services.gateway.web.words import choices
from services.training.contract.consulting import ListConsultants, PutConsultant
from services.training.contract.programmes import ListActivists, PutActivist
from services.training.contract.vocabulary import Topic

TAB = "/support/people"
MOST_AT_ONCE = 5


@pages.get(TAB)
@roles_only(*READERS)
def show_people() -> ResponseReturnValue:
    return _people()


@pages.get(f"{TAB}/activist")
@roles_only(*STAFF)
def write_activist() -> ResponseReturnValue:
    known = next((each for each in whole(ListActivists()) if each.id == request.args.get("id")), None)
    return _activist({"active": True} if known is None else asdict(known), None)


@pages.post(f"{TAB}/activist")
@roles_only(*STAFF)
def put_activist() -> ResponseReturnValue:
    return forms.done(
        lambda: ask(forms.filled(PutActivist)),
        lambda complaints: _activist(forms.entered(PutActivist), complaints),
        TAB,
        "activist",
    )


@pages.get(f"{TAB}/consultant")
@roles_only(*STAFF)
def write_consultant() -> ResponseReturnValue:
    known = next((each for each in whole(ListConsultants()) if each.id == request.args.get("id")), None)
    return _consultant({"active": True} if known is None else asdict(known), None)


@pages.post(f"{TAB}/consultant")
@roles_only(*STAFF)
def put_consultant() -> ResponseReturnValue:
    return forms.done(
        lambda: ask(forms.filled(PutConsultant)),
        lambda complaints: _consultant(forms.entered(PutConsultant), complaints),
        TAB,
        "consultant",
    )


def _people() -> ResponseReturnValue:
    return page(
        "people.html",
        activists=sorted(whole(ListActivists()), key=lambda each: (not each.active, each.name)),
        consultants=whole(ListConsultants()),
        tab=TAB,
    )


def _activist(values: Mapping[str, object], complaints: forms.Complaints | None) -> ResponseReturnValue:
    return page("activist_form.html", complaints, values=values, fields=choices(Field), tab=TAB)


def _consultant(values: Mapping[str, object], complaints: forms.Complaints | None) -> ResponseReturnValue:
    shown = {"most": MOST_AT_ONCE, **values}
    return page("consultant_form.html", complaints, values=shown, topics=choices(Topic), tab=TAB)
