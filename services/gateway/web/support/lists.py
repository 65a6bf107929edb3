"""For staff: lists are taken over from files, looked through first, and every list is given as a file."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from flask import request

from services.chassis.i18n import msgid as _
from services.gateway.api.schemas.lists import NewImport
from services.gateway.rpc import ask
from services.gateway.web import forms
from services.gateway.web.shell import READERS, STAFF, pages, roles_only
from services.gateway.web.support import words
from services.gateway.web.support.shell import page
from services.gateway.web.words import say

TAB = "/support/lists"
IMPORTS = {
    "communities": _("Communities"),
    "assets": _("Resources"),
    "members": _("Network members"),
}
COLUMNS = {
    "communities": _("name, area, field, members, founded_on"),
    "assets": _("kind, name, area, field, description, source, consent, consented_on"),
    "members": _("name, side, field, area, joined_on"),
}
EXPORTS = {
    _("Consulting"): {
        "consultations": _("Cases"),
        "consultation_logs": _("Sessions of cases"),
        "consultants": _("Consultants"),
        "opportunities": _("Sales channels"),
        "introductions": _("Introductions"),
    },
    _("Village communities"): {
        "programmes": _("Programmes"),
        "supports": _("Supported communities"),
        "communities": _("Communities"),
        "activists": _("Activists"),
        "visits": _("Visits"),
    },
    _("Resource survey and network"): {
        "assets": _("Resources"),
        "voices": _("Voices"),
        "findings": _("Findings"),
        "deeds": _("What was done"),
        "members": _("Network members"),
        "meetings": _("Meetings"),
        "actions": _("Agreed actions"),
    },
    _("Courses and the year"): {
        "courses": _("Courses"),
        "course_sessions": _("Course sessions"),
        "enrolments": _("Enrolments"),
        "attendance": _("Attendance"),
        "refunds": _("Refunds"),
        "certificates": _("Certificates"),
        "surveys": _("Surveys"),
        "survey_results": _("Survey results"),
        "milestones": _("Tenants' milestones"),
    },
}


@pages.get(TAB)
@roles_only(*READERS)
def show_lists() -> Any:
    return _lists()


@pages.post(TAB)
@roles_only(*STAFF)
def import_list() -> Any:
    """First what is wrong with the file; then, confirmed, it is taken over. Between the two it is kept in the page."""
    kind = request.form.get("kind", "")
    try:
        if kind not in IMPORTS:
            raise forms.Wrong(forms.Complaints({"kind": [say("Choose which list it is.")]}))
        body = forms.loaded(NewImport, _file())
    except forms.Wrong as wrong:
        return _lists(wrong.complaints, {"kind": kind})
    wanted = {"kind": kind, **body}
    if "confirmed" in request.form:
        return forms.done(lambda: ask("training", "import_list", wanted), _lists, TAB, "imported")
    try:
        found = forms.submit(lambda: ask("training", "import_list", {**wanted, "dry_run": True}), {})
    except forms.Wrong as wrong:
        return _lists(wrong.complaints, {"kind": kind})
    return page("import.html", found=found, wanted=wanted, name=say(IMPORTS[kind]), tab=TAB)


def _file() -> dict[str, str]:
    """As the interface takes it. The format is that of the file's name. Raises Wrong."""
    if "confirmed" in request.form:
        return forms.written("format", "content")
    sent = request.files.get("content")
    if sent is None or not sent.filename:
        raise forms.Wrong(forms.Complaints({"content": [say("Choose a file.")]}))
    extension = sent.filename.rpartition(".")[2].lower()
    if extension not in {"csv", "xlsx"}:
        raise forms.Wrong(forms.Complaints({"content": [say("Choose a CSV or XLSX file.")]}))
    return {"format": extension, "content": base64.b64encode(sent.read()).decode()}


def _lists(complaints: forms.Complaints | None = None, values: Mapping[str, Any] | None = None) -> Any:
    return page(
        "lists.html",
        complaints,
        imports=words.options(IMPORTS),
        columns=COLUMNS,
        exports=EXPORTS,
        values=values or {},
        tab=TAB,
    )
