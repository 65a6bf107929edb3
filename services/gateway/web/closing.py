"""For staff: closures, each with a preview of the bookings that it would cancel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from flask import request

from services.booking.contract.closures import (
    ChangeClosure,
    ChangedClosure,
    ClosurePreview,
    DeclareClosure,
    LiftClosure,
    ListClosures,
    PreviewClosure,
)
from services.chassis.i18n import msgid as _
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.addresses import redirect_with_notice
from services.gateway.web.plan import Plan
from services.gateway.web.shell import STAFF, page, pages, roles_only

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
    """Show a preview first, and declare the closure when it is confirmed."""
    values: dict[str, Any] = {
        **forms.written("from", "last", "reason"),
        "space_ids": request.form.getlist("space_ids"),
        "force_majeure": "force_majeure" in request.form,
    }
    try:
        command = _command(values)
        if "confirmed" not in request.form:
            question = PreviewClosure(start=command.start, to=command.to, space_ids=command.space_ids)
            return _shown(values, None, preview=forms.submit(lambda: ask(question), {}))
        forms.submit(lambda: ask(command), {})
    except forms.Wrong as wrong:
        return _shown(values, wrong.complaints)
    return redirect_with_notice("/closures", notice="declared")


@pages.post("/closures/<closure_id>/lift")
@roles_only(*STAFF)
def lift_closure(closure_id: str) -> Any:
    return _changed(lambda: ask(LiftClosure(closure_id=closure_id)), "lifted")


@pages.post("/closures/<closure_id>/end")
@roles_only(*STAFF)
def change_closure(closure_id: str) -> Any:
    last = _day(request.form.get("last"))
    known = {"to": _after(last).isoformat()} if last else {}
    return _changed(lambda: ask(forms.filled(ChangeClosure, closure_id=closure_id, **known)), "moved")


def _changed(change: Callable[[], ChangedClosure], notice: str) -> Any:
    try:
        forms.submit(change, {})
    except forms.Wrong as wrong:
        whole = [*wrong.complaints.whole, *(each for some in wrong.complaints.by_field.values() for each in some)]
        return _shown({}, forms.Complaints(whole=whole, status=wrong.complaints.status), about_list=True)
    return redirect_with_notice("/closures", notice=notice)


def _command(values: Mapping[str, Any]) -> DeclareClosure:
    """People name the last closed day; the contract takes the day after it. Raises forms.Wrong."""
    last = _day(values.get("last"))
    known = {"from": values["from"]} if "from" in values else {}
    try:
        return forms.filled(DeclareClosure, **known, **({"to": _after(last).isoformat()} if last else {}))
    except forms.Wrong as wrong:
        by_field = {"last" if name == "to" else name: each for name, each in wrong.complaints.by_field.items()}
        raise forms.Wrong(forms.Complaints(by_field)) from wrong


def _shown(
    values: Mapping[str, Any],
    complaints: forms.Complaints | None,
    *,
    preview: ClosurePreview | None = None,
    about_list: bool = False,
) -> Any:
    plan = Plan.of()
    return page(
        "closures.html",
        plan=plan,
        closures=ask(ListClosures()).items,
        spaces=[(each.id, each.name) for each in plan.spaces],
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
