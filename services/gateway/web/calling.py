"""For staff: drawing up a call, publishing it, and correcting what is published, for everybody to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from services.gateway.api.operations import ask
from services.gateway.api.schemas.calls import CallChange, CallCorrection, NewCall
from services.gateway.web import calls, forms
from services.gateway.web.calls import CALENDAR
from services.gateway.web.plan import Plan
from services.gateway.web.shell import STAFF, page, pages, roles_only
from services.gateway.web.words import say

DAYS = ("notice_on", "screening_on", "result_on", "contract_by", "move_in_on")
MOMENTS = ("intake_opens_at", "intake_closes_at", "interviews_start", "interviews_end")
TEXTS = ("title", "summary", *DAYS, *MOMENTS, "reason", "version")
CORRECTABLE = (
    "title",
    "summary",
    "intake_closes_at",
    "screening_on",
    "interviews_start",
    "interviews_end",
    "result_on",
    "contract_by",
    "move_in_on",
)


@pages.get("/calls/new")
@roles_only(*STAFF)
def write_call() -> Any:
    return _form({"unit_ids": [each["id"] for each in _units() if each["status"] == "vacant"]}, None, None)


@pages.post("/calls/new")
@roles_only(*STAFF)
def create_call() -> Any:
    values = _values()
    return forms.done(
        lambda: ask("recruitment", "create_call", forms.loaded(NewCall, _body(values))),
        lambda complaints: _form(values, None, complaints),
        lambda made: f"/calls/{made['id']}",
        "created",
    )


@pages.get("/calls/<call_id>/edit")
@roles_only(*STAFF)
def edit_call(call_id: str) -> Any:
    """A draft is changed, a published call corrected."""
    call = ask("recruitment", "get_call", {"call_id": call_id})
    return _form(_as_it_is(call), call, None)


@pages.post("/calls/<call_id>/edit")
@roles_only(*STAFF)
def change_call(call_id: str) -> Any:
    values = _values()
    changed = {**_body(values), **forms.opened()}
    return forms.done(
        lambda: ask("recruitment", "change_call", {"call_id": call_id, **forms.loaded(CallChange, changed)}),
        lambda complaints: _form(values, ask("recruitment", "get_call", {"call_id": call_id}), complaints),
        f"/calls/{call_id}",
        "changed",
    )


@pages.post("/calls/<call_id>/corrections")
@roles_only(*STAFF)
def correct_call(call_id: str) -> Any:
    """Only what is different now is sent."""
    call = ask("recruitment", "get_call", {"call_id": call_id})
    values = _values()

    def do() -> Any:
        body = forms.loaded(CallCorrection, _differences(call, values))
        return ask("recruitment", "correct_call", {"call_id": call_id, **body})

    return forms.done(do, lambda complaints: _form(values, call, complaints), f"/calls/{call_id}", "corrected")


@pages.post("/calls/<call_id>/publish")
@roles_only(*STAFF)
def publish_call(call_id: str) -> Any:
    return forms.done(
        lambda: ask("recruitment", "publish_call", {"call_id": call_id}),
        lambda complaints: calls.shown(call_id, complaints),
        f"/calls/{call_id}",
        "published",
    )


def _values() -> dict[str, Any]:
    return {**forms.written(*TEXTS), "unit_ids": request.form.getlist("unit_ids")}


def _body(values: Mapping[str, Any]) -> dict[str, Any]:
    zone = Plan.of().zone
    body: dict[str, Any] = {name: values[name] for name in ("title", "summary", *DAYS) if name in values}
    for name in MOMENTS:
        body |= forms.moment_written(name, values, zone)
    return {**body, "unit_ids": values["unit_ids"]}


def _as_it_is(call: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: call[name] for name in ("title", "summary", *DAYS)}
    return {
        **shown,
        **{name: _as_written(call[name]) for name in MOMENTS},
        "unit_ids": [each["id"] for each in call["offered"]],
    }


def _as_written(moment: str) -> str:
    """A moment as a field of type datetime-local shows it."""
    return moment[:16]


def _differences(call: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    there, now = _as_it_is(call), {"summary": "", **_body(values)}
    changed = {name for name in CORRECTABLE if name in now and values.get(name, "") != there[name]}
    body = {name: now[name] for name in CORRECTABLE if name in changed}
    if sorted(values["unit_ids"]) != sorted(there["unit_ids"]):
        body["unit_ids"] = values["unit_ids"]
    return {**body, **{name: values[name] for name in ("reason",) if name in values}}


def _units() -> list[Mapping[str, Any]]:
    units: list[Mapping[str, Any]] = ask("recruitment", "list_units")["items"]
    return units


def _form(values: Mapping[str, Any], call: Mapping[str, Any] | None, complaints: forms.Complaints | None) -> Any:
    is_published = call is not None and call["status"] == "published"
    shown = [name for name in CALENDAR if not is_published or name in CORRECTABLE]
    return page(
        "call_form.html",
        call=call,
        is_published=is_published,
        values=values,
        complaints=complaints,
        calendar=[(name, say(CALENDAR[name]), "datetime-local" if name in MOMENTS else "date") for name in shown],
        units=[(each["id"], each["name"]) for each in _units()],
    )
