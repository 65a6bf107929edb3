"""Every refusal of ranking, offers and tenancies: its stable code, its words, its details. Codes: CONTRACTS."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from services.chassis.errors import Refusal
from services.chassis.i18n import msgid as _
from services.recruitment.domain.tenure_rules import TenancyRules


def quorum_missing(quorum: int, application_ids: Sequence[str]) -> Refusal:
    return Refusal(
        "quorum_missing",
        _("%(count)d applications have fewer than %(quorum)d scores. Name more judges, or remind those who are late."),
        {"count": len(application_ids), "quorum": quorum, "application_ids": list(application_ids)},
    )


def tie_unresolved(application_ids: Sequence[str]) -> Refusal:
    return Refusal(
        "tie_unresolved",
        _("%(count)d applications are equal in everything. The committee has to vote on their order."),
        {"count": len(application_ids), "application_ids": list(application_ids)},
    )


def offer_expired(expired_at: datetime) -> Refusal:
    """expired_at: in the centre's zone."""
    return Refusal(
        "offer_expired",
        _("The offer ended on %(expired_at)s, so that others do not wait. The unit goes to the next in rank."),
        {"expired_at": f"{expired_at:%Y-%m-%d %H:%M}"},
    )


def unit_taken(unit_id: str) -> Refusal:
    return Refusal("unit_taken", _("Somebody else has this unit."), {"unit_id": unit_id})


def term_limit(rules: TenancyRules) -> Refusal:
    return Refusal(
        "term_limit",
        _("A tenancy lasts at most %(months)d months, so that others get their turn."),
        {"months": rules.most_months},
    )


def designation_limit(latest: date, months: int) -> Refusal:
    return Refusal(
        "term_limit",
        _("Preliminary status lasts at most %(months)d months: here until %(latest)s."),
        {"months": months, "latest": latest.isoformat()},
    )
