"""For staff: closures, each with a look at what it would touch before it is declared."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import request

from services.chassis.i18n import msgid as _
from services.gateway.api.operations import ask
from services.gateway.api.schemas.closures import NewClosure
from services.gateway.web import forms
from services.gateway.web.plan import Plan
from services.gateway.web.shell import STAFF, page, pages, roles_only, to

TOLD = {
    "declared": _("The closure is declared. Everybody whom it touches is told."),
    "lifted": _("The closure is lifted. What it cancelled stays cancelled."),
    "moved": _("The closure's end is moved."),
}


@pages.get("/closures")
@roles_only(*STAFF)
def show_closures() -> Any:
    return _shown({}, None)


@pages.post("/closures")
@roles_only(*STAFF)
def declare_closure() -> Any:
    """First a preview, then, confirmed, the closure."""
    values: dict[str, Any] = {
        **forms.written("from", "last", "reason"),
        "space_ids": request.form.getlist("space_ids"),
        "force_majeure": "force_majeure" in request.form,
    }
    try:
        body = _body(values)
        if "confirmed" not in request.form:
            wanted: dict[str, Any] = {name: body[name] for name in ("from", "to", "space_ids") if name in body}
            preview = forms.submit(lambda: ask("booking", "preview_closure", wanted), {})
            return _shown(values, None, preview=preview)
        forms.submit(lambda: ask("booking", "declare_closure", body), {})
    except forms.Wrong as wrong:
        return _shown(values, wrong.complaints)
    return to("/closures", told="declared")


@pages.post("/closures/<closure_id>/lift")
@roles_only(*STAFF)
def lift_closure(closure_id: str) -> Any:
    return _changed(lambda: ask("booking", "lift_closure", {"closure_id": closure_id}), "lifted")


@pages.post("/closures/<closure_id>/end")
@roles_only(*STAFF)
def change_closure(closure_id: str) -> Any:
    last = _day(request.form.get("last"))
    wanted = {"closure_id": closure_id, "to": _after(last).isoformat() if last else ""}
    return _changed(lambda: ask("booking", "change_closure", wanted), "moved")


def _changed(change: Any, told: str) -> Any:
    try:
        forms.submit(change, {})
    except forms.Wrong as wrong:
        whole = [*wrong.complaints.whole, *(each for some in wrong.complaints.by_field.values() for each in some)]
        return _shown({}, forms.Complaints(whole=whole, status=wrong.complaints.status), about_list=True)
    return to("/closures", told=told)


def _body(values: dict[str, Any]) -> dict[str, Any]:
    """People name the last closed day; the interface takes the day after it. Raises forms.Wrong."""
    last = _day(values.get("last"))
    given: dict[str, Any] = {name: values[name] for name in ("from", "reason", "force_majeure") if name in values}
    if last is not None:
        given["to"] = _after(last).isoformat()
    if values["space_ids"]:
        given["space_ids"] = values["space_ids"]
    try:
        return forms.loaded(NewClosure, given)
    except forms.Wrong as wrong:
        by_field = {"last" if name == "to" else name: each for name, each in wrong.complaints.by_field.items()}
        raise forms.Wrong(forms.Complaints(by_field)) from wrong


def _shown(
    values: dict[str, Any], complaints: forms.Complaints | None, *, preview: Any = None, about_list: bool = False
) -> Any:
    plan = Plan.of()
    return page(
        "closures.html",
        plan=plan,
        closures=ask("booking", "list_closures")["items"],
        spaces=[(each["id"], each["name"]) for each in plan.spaces],
        values=values,
        complaints=complaints,
        about_list=about_list,
        preview=preview,
        to=_after(last) if (last := _day(values.get("last"))) else None,
        told=TOLD,
    )


def _after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
