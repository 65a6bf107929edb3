"""How the pages of the support work say states and kinds, each in one word; and what was done."""

from __future__ import annotations

from collections.abc import Mapping

from services.chassis.i18n import msgid as _
from services.gateway.web.words import say

TOPICS = {
    "management": _("Management"),
    "certification": _("Certification"),
    "finance": _("Accounting and finance"),
    "marketing": _("Marketing"),
    "sales_channel": _("Sales channels"),
    "community": _("Village community"),
}
CASE = {
    "requested": ("asked", _("Awaiting diagnosis")),
    "diagnosed": ("asked", _("Awaiting a consultant")),
    "assigned": ("free", _("Under way")),
    "reported": ("good", _("Report ready")),
    "rated": ("good", _("Finished")),
}
STEPS = (_("Requested"), _("Diagnosed"), _("Advised"), _("Reported"), _("Rated"))
RATINGS = {
    "5": _("very satisfied"),
    "4": _("satisfied"),
    "3": _("in between"),
    "2": _("not satisfied"),
    "1": _("not at all satisfied"),
}
CHANNELS = {"fair": _("Fair or market"), "procurement": _("Public procurement"), "shop": _("Shop")}
RESULTS = {
    "pending": ("asked", _("Not known yet")),
    "talks": ("free", _("In talks")),
    "contract": ("good", _("Contract signed")),
    "declined": ("closed", _("Did not work out")),
}
STAGES = {"forming": _("Forming"), "activity": _("Activity"), "autonomy": _("Autonomy")}
VISIT = {
    "planned": ("free", _("Planned")),
    "to_report": ("asked", _("Report to write")),
    "overdue": ("refused", _("Report overdue")),
    "reported": ("good", _("Reported")),
    "cancelled": ("closed", _("Called off")),
}
KINDS = {
    "organisation": _("An organisation"),
    "person": _("Person"),
    "place": _("Place"),
    "programme": _("Programme of activities"),
}
CONSENT = {"given": _("Consent given"), "not_needed": _("Publicly known")}
DEEDS = {
    "course": _("Course"),
    "consultation": _("Consulting"),
    "programme": _("Grant programme"),
    "network_meeting": _("Network meeting"),
    "other": _("Something else"),
}
SIDES = {"public": _("Public side"), "private": _("Private side")}
QUESTIONS = {"rating": _("1 to 5"), "text": _("in words")}
TOLD = {
    "asked": _("We have your request. We will look at it and tell you who will advise you."),
    "diagnosed": _("The diagnosis is saved. Now choose a consultant."),
    "assigned": _("The consultant is chosen. Both of them are told."),
    "logged": _("The session is written down."),
    "reported": _("The report is handed in. Whoever asked is told."),
    "rated": _("Thank you. Your rating helps us choose well."),
    "opportunity": _("The opportunity is in the list."),
    "introduced": _("The introduction is recorded."),
    "result": _("The result is recorded."),
    "opened": _("The programme is open. Add its communities."),
    "community": _("The community is in the programme."),
    "spread": _("The communities have their activists."),
    "planned": _("The visit is planned."),
    "visited": _("The report is saved. Thank you for going there."),
    "called_off": _("The visit is called off."),
    "activist": _("The register is up to date."),
    "consultant": _("The consultants are up to date."),
    "asset": _("It is in the list."),
    "voice": _("The voice is written down."),
    "finding": _("The finding is in the list."),
    "ranked": _("The order is changed."),
    "deed": _("What was done about it is recorded."),
    "member": _("The member is in the network."),
    "meeting": _("The meeting is entered. Enter what was agreed."),
    "action": _("It is agreed. Its owner is reminded when it is due."),
    "done": _("Done. Thank you."),
    "survey": _("The survey is open. Those whom it asks find it on their pages."),
    "answered": _("Thank you for your answers. Nobody sees whose they are."),
    "imported": _("The list is imported."),
}


def options(of: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of value and label, for a form."""
    return [(each, say(text)) for each, text in of.items()]


def results() -> list[tuple[str, str]]:
    return [(each, say(text)) for each, (_state, text) in RESULTS.items()]


def visit_state(visit: Mapping[str, object], now: str) -> str:
    """now: ISO, of the same offset as the visit's times."""
    if visit["status"] != "planned":
        return str(visit["status"])
    if visit["overdue"]:
        return "overdue"
    return "to_report" if str(visit["visit_at"]) <= now else "planned"
