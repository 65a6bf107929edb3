"""The parts of an application's draft: how each is read from a form and written into one, and whether it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from services.chassis.i18n import msgid as _
from services.gateway.web import forms
from services.gateway.web.selection import names_of
from services.gateway.web.words import choices, date_, label, say
from services.recruitment.contract.applications import Application, SaveApplication
from services.recruitment.contract.calls import Call
from services.recruitment.contract.documents import Document
from services.recruitment.contract.panel import ComparedContact
from services.recruitment.contract.vocabulary import LegalType, UnitKind

PARTS = {
    "organisation": _("The organisation"),
    "plan": _("Introduction and plan"),
    "units": _("Which unit"),
}
LABELS = {
    "organisation_name": _("Name of the organisation"),
    "legal_type": _("Legal type"),
    "status_since": _("Has this status since"),
    "founded_on": _("Founded on"),
    "in_district": _("Is it in the district?"),
    "relocates_by": _("When does it move here?"),
    "incubated_elsewhere": _("Does it have a place in another incubation centre?"),
    "consortium": _("With whom do you apply?"),
    "contact": _("How we reach you about this application"),
    "introduction": _("Who you are"),
    "plan": _("What you mean to do here"),
    "kind": _("What for?"),
    "preferences": _("Which ones, the best first"),
}
"""Labels by the names of the fields."""
DAYS = ("status_since", "founded_on", "relocates_by")
TEXTS = ("organisation_name", "legal_type", *DAYS)
FLAGS = ("in_district", "incubated_elsewhere")
NEEDED = ("organisation_name", "legal_type", "status_since", "founded_on", "in_district", "incubated_elsewhere")
"""Without these nothing is submitted."""
FIELDS = {
    "organisation": (*TEXTS, *FLAGS, "consortium"),
    "plan": ("introduction", "plan"),
    "units": ("preferences",),
}
FEWEST_CHOICES = 3
YES, NO = "yes", "no"


@dataclass(frozen=True)
class ListedDocument:
    """A kind of document, with the file of it that there is."""

    id: str
    name: str
    required: bool
    file: Document | None


def parts(application: Application) -> list[dict[str, str]]:
    """Return the parts with their state, for pieces.parts."""
    here = f"/applications/{application.id}/parts"
    states = {"organisation": _organisation(application), "plan": _plan(application), "units": _units(application)}
    return [
        {"name": name, "label": say(PARTS[name]), "href": f"{here}/{name}", "state": state, "word": word}
        for name, (state, word) in states.items()
    ]


def files(application: Application, call: Call) -> list[ListedDocument]:
    """Return the call's kinds of documents, each with the file that there is."""
    by_kind = {each.kind: each for each in application.documents}
    return [
        ListedDocument(kind.id, kind.name, kind.required, by_kind.get(kind.id))
        for kind in call.documents
        if kind.required or kind.id in by_kind
    ]


def left(application: Application, call: Call) -> int:
    """Return the number of parts that are still to be done before it can be submitted."""
    lacking = sum(1 for each in files(application, call) if each.file is None)
    return lacking + (_organisation(application)[0] != "good")


def changed_since(application: Application) -> bool:
    """Is there something that was not submitted with the rest?"""
    if application.submitted_version is None:
        return False
    is_newer = application.version != application.submitted_version
    return is_newer or any(not each.submitted for each in application.documents)


def values(application: Application) -> dict[str, Any]:
    """Return what the parts' forms show of what is stored."""
    content = application.content
    shown: dict[str, Any] = {each: content.get(each) or "" for each in (*TEXTS, "introduction", "plan")}
    for each in FLAGS:
        shown[each] = {True: YES, False: NO, None: ""}[content.get(each)]
    shown["consortium"] = "\n".join(content.get("consortium") or ())
    shown["preferences"] = list(content.get("preferences") or ())
    return {**shown, "kind": application.kind}


def written() -> dict[str, Any]:
    """Return the values of the form that was sent, as `values` has them."""
    shown: dict[str, Any] = {each: text.strip() for each, text in request.form.items() if not each.startswith("pref-")}
    chosen = [text for each, text in sorted(request.form.items(), key=_place) if each.startswith("pref-") and text]
    return {**shown, "preferences": list(dict.fromkeys(chosen))}


def change(
    name: str, given: Mapping[str, Any], application: Application, call: Call, *, whole: bool, version: str | None
) -> SaveApplication:
    """Return the command that saves a part. whole: False while the part is being written and may be incomplete.

    version: of the draft that the writer has seen, as the form has it. Raises forms.Wrong.
    """
    seen = {} if version is None else {"version": version}
    content = _content(name, given, call, whole=whole)
    return forms.checked(SaveApplication, {"application_id": application.id, **seen, **content})


def _content(name: str, given: Mapping[str, Any], call: Call, *, whole: bool) -> dict[str, Any]:
    """Raises forms.Wrong."""
    if name == "plan":
        return {each: given.get(each) or None for each in FIELDS["plan"]}
    if name == "units":
        return _units_content(given, call)
    content: dict[str, Any] = {each: given.get(each) or None for each in TEXTS}
    content |= {each: given[each] == YES for each in FLAGS if given.get(each) in (YES, NO)}
    content["consortium"] = [line.strip() for line in given.get("consortium", "").splitlines() if line.strip()]
    contact = {each: given[each] for each in ("email", "phone") if given.get(each)}
    if len(contact) == 2 or (contact and whole):
        forms.checked(ComparedContact, contact)  # so that a complaint is beside its field
        content["contact"] = contact
    return content


def differences(name: str, given: Mapping[str, Any], application: Application, call: Call) -> list[tuple[str, str]]:
    """Return what somebody else has saved otherwise: labels and words."""
    stored = values(application)
    fields = [each for each in FIELDS[name] if stored[each] != given.get(each, "")]
    return [(say(LABELS[each]), _told(each, stored[each], call)) for each in fields]


def choices_of(application: Application, call: Call) -> dict[str, Any]:
    """Return what the templates of the parts offer to choose from."""
    of_kind = [(each.id, f"{each.name} ({each.area_m2} m²)") for each in call.offered if each.kind == application.kind]
    chosen = application.content.get("preferences") or ()
    return {
        "labels": {each: say(text) for each, text in LABELS.items()},
        "kinds": choices(map(UnitKind, call.units)),
        "legal_types": legal_types(),
        "yes_or_no": yes_or_no(),
        "units": [("", "–"), *of_kind],
        "places": range(1, min(len(of_kind), max(FEWEST_CHOICES, len(chosen) + 1)) + 1),
    }


def legal_types() -> list[tuple[str, str]]:
    return [("", say("Choose one")), *choices(LegalType)]


def yes_or_no() -> list[tuple[str, str]]:
    return [(YES, say("Yes")), (NO, say("No"))]


def _organisation(application: Application) -> tuple[str, str]:
    missing = sum(application.content.get(each) is None for each in NEEDED) + (not application.has_contact)
    if not missing:
        if any(not each.passed for each in application.verdicts):
            return "refused", say("Does not meet the conditions")
        return "good", say("Done")
    return "asked", say("one answer missing") if missing == 1 else say("%(number)d answers missing", number=missing)


def _plan(application: Application) -> tuple[str, str]:
    content = application.content
    there = [each for each in FIELDS["plan"] if content.get(each)]
    if not there:
        return "closed", say("Empty (optional)")
    return ("good", say("Done")) if len(there) == 2 else ("asked", say("Half of it"))


def _units(application: Application) -> tuple[str, str]:
    chosen = len(application.content.get("preferences") or ())
    if not chosen:
        return "closed", say("Any will do")
    return "good", say("one chosen") if chosen == 1 else say("%(number)d chosen", number=chosen)


def _units_content(given: Mapping[str, Any], call: Call) -> dict[str, Any]:
    """If the kind changes, drop preferences for units of the old kind."""
    kinds = {each.id: each.kind for each in call.offered}
    kind = given.get("kind")
    if not kind:
        return {"preferences": given["preferences"]}
    return {"kind": kind, "preferences": [each for each in given["preferences"] if kinds.get(each, kind) == kind]}


def _told(name: str, stored: Any, call: Call) -> str:
    if not stored:
        return say("empty")
    if name == "legal_type":
        return label(LegalType(stored))
    if name in FLAGS:
        return say("Yes") if stored == YES else say("No")
    if name in DAYS:
        return date_(stored)
    if name == "preferences":
        names = names_of(call.offered)
        return ", ".join(names.get(each, each) for each in stored)
    return str(stored)


def _place(item: tuple[str, str]) -> int:
    number = item[0].removeprefix("pref-")
    return int(number) if number.isascii() and number.isdigit() else 0
