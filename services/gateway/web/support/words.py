"""How the pages of the support work say states and kinds, each in one word; and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.chassis.i18n import msgid as _
from services.chassis.vocabulary import Vocabulary
from services.gateway.web.words import say
from services.training.contract.programmes import Visit
from services.training.contract.vocabulary import ConsultationStatus, Result, VisitStatus

CASE = {
    ConsultationStatus.REQUESTED: "asked",
    ConsultationStatus.DIAGNOSED: "asked",
    ConsultationStatus.ASSIGNED: "free",
    ConsultationStatus.REPORTED: "good",
    ConsultationStatus.RATED: "good",
}
"""Shapes of `pieces.status`."""
STEPS = (_("Requested"), _("Diagnosed"), _("Advised"), _("Reported"), _("Rated"))
RATINGS = {
    "5": _("very satisfied"),
    "4": _("satisfied"),
    "3": _("in between"),
    "2": _("not satisfied"),
    "1": _("not at all satisfied"),
}
RESULTS = {Result.PENDING: "asked", Result.TALKS: "free", Result.CONTRACT: "good", Result.DECLINED: "closed"}


class MissingReport(Vocabulary):
    """States of a planned visit that is over."""

    OVERDUE = "overdue", "보고서 늦음", "Report overdue"
    TO_REPORT = "to_report", "보고서 작성", "Report to write"


VISIT: Mapping[Vocabulary, str] = {
    MissingReport.OVERDUE: "refused",
    MissingReport.TO_REPORT: "asked",
    VisitStatus.PLANNED: "free",
    VisitStatus.REPORTED: "good",
    VisitStatus.CANCELLED: "closed",
}
"""Shapes of `pieces.status`, the most urgent state first."""
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


def visit_state(visit: Visit, now: datetime) -> VisitStatus | MissingReport:
    """Return the status of a visit, or which report is missing."""
    if visit.status is not VisitStatus.PLANNED:
        return visit.status
    if visit.overdue:
        return MissingReport.OVERDUE
    return MissingReport.TO_REPORT if visit.visit_at <= now else VisitStatus.PLANNED
