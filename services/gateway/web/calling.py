"""For staff: draw up a call, publish it, and correct a published call, for everybody to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from flask import request

from services.gateway.client import ask
from services.gateway.web import calls, forms
from services.gateway.web.calls import CALENDAR
from services.gateway.web.plan import Plan
from services.gateway.web.shell import STAFF, page, pages, roles_only
from services.gateway.web.words import say
from services.recruitment.contract.calls import Call, ChangeCall, CorrectCall, CreateCall, GetCall, PublishCall
from services.recruitment.contract.tenancies import ListUnits, Unit
from services.recruitment.contract.vocabulary import CallStatus, UnitStatus

MOMENTS = ("intake_opens_at", "intake_closes_at", "interviews_start", "interviews_end")
CORRECTABLE = {each.name for each in fields(CorrectCall)} & CALENDAR.keys()


@pages.get("/calls/new")
@roles_only(*STAFF)
def write_call() -> Any:
    return _form({"unit_ids": [each.id for each in _units() if each.status == UnitStatus.VACANT]}, None, None)


@pages.post("/calls/new")
@roles_only(*STAFF)
def create_call() -> Any:
    return forms.done(
        lambda: ask(forms.filled(CreateCall, **_moments())),
        lambda complaints: _form(forms.entered(CreateCall), None, complaints),
        lambda call: f"/calls/{call.id}",
        "created",
    )


@pages.get("/calls/<call_id>/edit")
@roles_only(*STAFF)
def edit_call(call_id: str) -> Any:
    """A draft is changed, a published call corrected."""
    call = ask(GetCall(call_id=call_id))
    return _form(_as_it_is(call), call, None)


@pages.post("/calls/<call_id>/edit")
@roles_only(*STAFF)
def change_call(call_id: str) -> Any:
    return forms.done(
        lambda: ask(forms.filled(ChangeCall, call_id=call_id, **_moments())),
        lambda complaints: _form(forms.entered(ChangeCall), ask(GetCall(call_id=call_id)), complaints),
        f"/calls/{call_id}",
        "changed",
    )


@pages.post("/calls/<call_id>/corrections")
@roles_only(*STAFF)
def correct_call(call_id: str) -> Any:
    """Send only what is different now."""
    call = ask(GetCall(call_id=call_id))
    return forms.done(
        lambda: ask(forms.checked(CorrectCall, {"call_id": call_id, **_differences(call)})),
        lambda complaints: _form(forms.entered(CorrectCall), call, complaints),
        f"/calls/{call_id}",
        "corrected",
    )


@pages.post("/calls/<call_id>/publish")
@roles_only(*STAFF)
def publish_call(call_id: str) -> Any:
    return forms.done(
        lambda: ask(PublishCall(call_id=call_id)),
        lambda complaints: calls.shown(call_id, complaints),
        f"/calls/{call_id}",
        "published",
    )


def _moments() -> dict[str, str]:
    """Return the moments that were entered, in the centre's zone."""
    entered, zone = forms.written(*MOMENTS), Plan.of().zone
    return {name: value for each in MOMENTS for name, value in forms.moment_written(each, entered, zone).items()}


def _as_it_is(call: Call) -> dict[str, object]:
    """Return the values of the form for a call."""
    moments = {name: f"{getattr(call, name):%Y-%m-%dT%H:%M}" for name in MOMENTS}
    days = {name: getattr(call, name).isoformat() for name in CALENDAR.keys() - moments.keys()}
    return {
        "title": call.title,
        "summary": call.summary,
        **days,
        **moments,
        "unit_ids": [each.id for each in call.offered],
    }


def _differences(call: Call) -> dict[str, object]:
    """Return the fields of a correction that differ from the call, and the reason."""
    unit_ids = request.form.getlist("unit_ids")
    current, entered = _as_it_is(call), {"summary": "", **forms.entered(CorrectCall), "unit_ids": unit_ids}
    different = {name: value for name, value in entered.items() if name in current and value != current[name]}
    if sorted(unit_ids) == sorted(each.id for each in call.offered):
        different.pop("unit_ids", None)
    moments = {name: value for name, value in _moments().items() if name in different}
    return {**different, **moments, **forms.written("reason")}


def _units() -> list[Unit]:
    return ask(ListUnits()).items


def _form(values: Mapping[str, object], call: Call | None, complaints: forms.Complaints | None) -> Any:
    is_published = call is not None and call.status == CallStatus.PUBLISHED
    shown = [name for name in CALENDAR if not is_published or name in CORRECTABLE]
    return page(
        "call_form.html",
        call=call,
        is_published=is_published,
        values=values,
        complaints=complaints,
        calendar=[(name, say(CALENDAR[name]), "datetime-local" if name in MOMENTS else "date") for name in shown],
        units=[(each.id, each.name) for each in _units()],
    )
