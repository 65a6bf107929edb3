"""Every refusal of the selection, one function each: its stable code, its words, its details. Codes: CONTRACTS."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.chassis.errors import Forbidden, IllegalTransition, Refusal
from services.chassis.i18n import msgid as _
from services.recruitment.domain.eligibility import Verdict
from services.recruitment.domain.rules import DocumentRule

WHY_NOT = {
    "legal_type_not_admitted": _("The call is not for organisations of this legal type."),
    "status_too_late": _(
        "The organisation has had its status since %(status_since)s, after the notice of %(notice_on)s."
    ),
    "not_in_district": _("The organisation is not in the district and does not move there by %(latest)s."),
    "relocates_too_late": _("The organisation has to be in the district by %(latest)s, not only on %(relocates_by)s."),
    "incubated_elsewhere": _(
        "The organisation has a place in another incubation centre. It would have to give that up."
    ),
    "too_old": _("Social ventures have to be younger than %(years)d years on %(notice_on)s."),
}
"""What is said of a rule that an application does not pass."""

WHY = {
    "legal_type_admitted": _("The legal type is admitted."),
    "status_in_time": _("The status was there on the notice date."),
    "in_district": _("The organisation is in the district."),
    "relocates_in_time": _("The organisation moves to the district in time."),
    "incubated_nowhere": _("The organisation has no place in another incubation centre."),
    "no_venture": _("This is asked of social ventures only."),
    "young_enough": _("The social venture is young enough."),
}
"""What is said of a rule that it does."""


def words(reason: str) -> str:
    return WHY_NOT.get(reason) or WHY[reason]


def not_eligible(verdict: Verdict) -> Refusal:
    details = {"rule": verdict.rule, "reason": verdict.reason, **verdict.details}
    return Refusal("not_eligible", WHY_NOT[verdict.reason], details)


def deadline_passed(deadline: datetime) -> Refusal:
    """deadline: in the centre's zone."""
    return Refusal(
        "deadline_passed",
        _("Applications were taken until %(deadline)s. The centre's clock decides."),
        {"deadline": f"{deadline:%Y-%m-%d %H:%M:%S}"},
    )


def document_missing(document: DocumentRule) -> Refusal:
    return Refusal(
        "document_missing",
        _("A document is missing: %(names)s."),
        {"kind": document.id, "names": dict(document.names)},
    )


def already_applied(application_id: str) -> Refusal:
    return Refusal(
        "already_applied",
        _("Your organisation has an application to this call already. Change that one."),
        {"application_id": application_id},
    )


def document_rejected(message: str, reason: str, details: Mapping[str, Any]) -> Refusal:
    return Refusal("document_rejected", message, {"reason": reason, **details})


def not_open_yet(opens_at: datetime) -> IllegalTransition:
    return IllegalTransition(
        _("Applications are taken from %(opens_at)s on."),
        state="not_open",
        wanted="submit",
        opens_at=f"{opens_at:%Y-%m-%d %H:%M}",
    )


def recused() -> Forbidden:
    """The judge has nothing more to do with this application. Its code is the contract's, its status that of all
    Forbidden.
    """
    refused = Forbidden(_("You are recused from this application, so that the selection is beyond doubt."))
    refused.code = "recused"
    return refused


def conflict_of_interest(ground: str) -> Forbidden:
    refused = Forbidden(
        _("You have a tie to this applicant. Declare it; you cannot judge this application."), ground=ground
    )
    refused.code = "conflict_of_interest"
    return refused
