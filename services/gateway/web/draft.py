"""The parts of an application's draft: how each is read from a form and written into one, and whether it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from services.chassis.i18n import msgid as _
from services.gateway.api.schemas.applications import ApplicationChange, ComparedContact
from services.gateway.web import forms
from services.gateway.web.selection import KINDS, LEGAL_TYPES, options
from services.gateway.web.words import date_, say

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
"""By the names that recruitment has for them."""
TEXTS = ("organisation_name", "legal_type", "status_since", "founded_on", "relocates_by")
FLAGS = ("in_district", "incubated_elsewhere")
NEEDED = ("organisation_name", "legal_type", "status_since", "founded_on", "in_district", "incubated_elsewhere")
"""Without these nothing is submitted (API, Content)."""
FIELDS = {
    "organisation": (*TEXTS, *FLAGS, "consortium"),
    "plan": ("introduction", "plan"),
    "units": ("preferences",),
}
FEWEST_CHOICES = 3
YES, NO = "yes", "no"


def parts(application: Mapping[str, Any]) -> list[dict[str, Any]]:
    """With their state, for pieces.parts."""
    here = f"/applications/{application['id']}/parts"
    states = {"organisation": _organisation(application), "plan": _plan(application), "units": _units(application)}
    return [
        {"name": name, "label": say(PARTS[name]), "href": f"{here}/{name}", "state": state, "word": word}
        for name, (state, word) in states.items()
    ]


def files(application: Mapping[str, Any], call: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The call's kinds of documents, each with the file that there is."""
    there = {each["kind"]: each for each in application["documents"]}
    return [
        {**kind, "file": there.get(kind["id"])} for kind in call["documents"] if kind["required"] or kind["id"] in there
    ]


def left(application: Mapping[str, Any], call: Mapping[str, Any]) -> int:
    """How many parts are still to be done before it can be submitted."""
    lacking = sum(1 for each in files(application, call) if each["file"] is None)
    return lacking + (_organisation(application)[0] != "good")


def changed_since(application: Mapping[str, Any]) -> bool:
    """Is there something that was not submitted with the rest?"""
    if application["submitted_version"] is None:
        return False
    newer = application["version"] != application["submitted_version"]
    return newer or any(not each["submitted"] for each in application["documents"])


def values(application: Mapping[str, Any]) -> dict[str, Any]:
    """What the parts' forms show of what is stored."""
    content = application["content"]
    shown: dict[str, Any] = {each: content.get(each) or "" for each in (*TEXTS, "introduction", "plan")}
    for each in FLAGS:
        shown[each] = {True: YES, False: NO, None: ""}[content.get(each)]
    shown["consortium"] = "\n".join(content.get("consortium") or ())
    shown["preferences"] = list(content.get("preferences") or ())
    return {**shown, "kind": application["kind"]}


def written() -> dict[str, Any]:
    """What the form says, as `values` has it."""
    shown: dict[str, Any] = {each: text.strip() for each, text in request.form.items() if not each.startswith("pref-")}
    chosen = [text for each, text in sorted(request.form.items(), key=_place) if each.startswith("pref-") and text]
    return {**shown, "preferences": list(dict.fromkeys(chosen))}


def body(name: str, given: Mapping[str, Any], call: Mapping[str, Any], *, whole: bool) -> dict[str, Any]:
    """What is sent of a part. whole: False while it is being written, when what is not complete yet is left out.

    Raises forms.Wrong.
    """
    if name == "plan":
        return forms.loaded(ApplicationChange, {each: given.get(each) or None for each in FIELDS["plan"]})
    if name == "units":
        return forms.loaded(ApplicationChange, _units_body(given, call))
    sent: dict[str, Any] = {each: given.get(each) or None for each in TEXTS}
    sent |= {each: given[each] == YES for each in FLAGS if given.get(each) in (YES, NO)}
    sent["consortium"] = [line.strip() for line in given.get("consortium", "").splitlines() if line.strip()]
    contact = {each: given[each] for each in ("email", "phone") if given.get(each)}
    if len(contact) == 2 or (contact and whole):
        sent["contact"] = forms.loaded(ComparedContact, contact)
    return forms.loaded(ApplicationChange, sent)


def differences(
    name: str, given: Mapping[str, Any], application: Mapping[str, Any], call: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """What somebody else has saved otherwise: labels and their words."""
    stored = values(application)
    fields = [each for each in FIELDS[name] if stored[each] != given.get(each, "")]
    return [(say(LABELS[each]), _told(each, stored[each], call)) for each in fields]


def choices(application: Mapping[str, Any], call: Mapping[str, Any]) -> dict[str, Any]:
    units = [(each["id"], f"{each['name']} ({each['area_m2']} m²)") for each in call["offered"]]
    of_kind = [each for each, unit in zip(units, call["offered"], strict=True) if unit["kind"] == application["kind"]]
    chosen = application["content"].get("preferences") or ()
    return {
        "labels": {each: say(text) for each, text in LABELS.items()},
        "kinds": options(KINDS, call["units"]),
        "legal_types": [("", say("Choose one")), *options(LEGAL_TYPES)],
        "yes_or_no": [(YES, say("Yes")), (NO, say("No"))],
        "units": [("", "–"), *of_kind],
        "places": range(1, min(len(of_kind), max(FEWEST_CHOICES, len(chosen) + 1)) + 1),
    }


def _organisation(application: Mapping[str, Any]) -> tuple[str, str]:
    missing = sum(application["content"].get(each) is None for each in NEEDED) + (not application["has_contact"])
    if not missing:
        if any(not each["passed"] for each in application["verdicts"]):
            return "refused", say("Does not meet the conditions")
        return "good", say("Done")
    return "asked", say("one answer missing") if missing == 1 else say("%(number)d answers missing", number=missing)


def _plan(application: Mapping[str, Any]) -> tuple[str, str]:
    content = application["content"]
    there = [each for each in FIELDS["plan"] if content.get(each)]
    if not there:
        return "closed", say("Empty (optional)")
    return ("good", say("Done")) if len(there) == 2 else ("asked", say("Half of it"))


def _units(application: Mapping[str, Any]) -> tuple[str, str]:
    chosen = len(application["content"].get("preferences") or ())
    if not chosen:
        return "closed", say("Any will do")
    return "good", say("one chosen") if chosen == 1 else say("%(number)d chosen", number=chosen)


def _units_body(given: Mapping[str, Any], call: Mapping[str, Any]) -> dict[str, Any]:
    """Of another kind than before, the units that were chosen of the old one go."""
    kinds = {each["id"]: each["kind"] for each in call["offered"]}
    kind = given.get("kind")
    if not kind:
        return {"preferences": given["preferences"]}
    return {"kind": kind, "preferences": [each for each in given["preferences"] if kinds.get(each, kind) == kind]}


def _told(name: str, stored: Any, call: Mapping[str, Any]) -> str:
    if not stored:
        return say("empty")
    if name == "legal_type":
        return say(LEGAL_TYPES[stored])
    if name in FLAGS:
        return say("Yes") if stored == YES else say("No")
    if name in {"status_since", "founded_on", "relocates_by"}:
        return date_(stored)
    if name == "preferences":
        names = {each["id"]: each["name"] for each in call["offered"]}
        return ", ".join(names.get(each, each) for each in stored)
    return str(stored)


def _place(item: tuple[str, str]) -> int:
    number = item[0].removeprefix("pref-")
    return int(number) if number.isascii() and number.isdigit() else 0
