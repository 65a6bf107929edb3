"""Tenancies, with their invoices, reviews and the checklist of moving out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.chassis import paging
from services.recruitment.domain import tenancies
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import Settlement
from services.recruitment.models import Tenancy
from services.recruitment.queries.tenancies import Kept


def tenancy(of: Tenancy, kept: Kept, rules: RecruitmentRules, locale: str) -> dict[str, Any]:
    zone, names = rules.centre.zone, rules.unit(of.unit_id).names
    return {
        "id": of.id,
        "offer_id": of.offer_id,
        "call_id": of.call_id,
        "organisation_id": of.organisation_id,
        "organisation_name": of.organisation_name,
        "unit_id": of.unit_id,
        "unit_name": names.get(locale, names["en"]),
        "kind": of.kind,
        "legal_type": of.legal_type,
        "contract_number": of.contract_number,
        "status": of.status,
        "starts_on": of.starts_on,
        "ends_on": of.ends_on,
        "told_on": tenancies.told_on(of.ends_on, rules.tenancy),
        "extensions": of.extensions,
        "extensible": tenancies.may_extend(of.extensions, rules.tenancy),
        "rent": of.rent,
        "deposit": of.deposit,
        "sign_by": of.sign_by.astimezone(zone),
        "signed_at": of.signed_at.astimezone(zone) if of.signed_at else None,
        "ended_on": of.ended_on,
        "invoices": [
            {"month": f"{each.month:%Y-%m}", "amount": each.amount, "issued_at": each.issued_at.astimezone(zone)}
            for each in kept.invoices[of.id]
        ],
        "reviews": [
            {"score": f"{each.points:.2f}", "passed": each.passed, "reviewed_at": each.reviewed_at.astimezone(zone)}
            for each in kept.reviews[of.id]
        ],
        "checklist": {
            "restored_on": of.restored_on,
            "card_returned_on": of.card_returned_on,
            "settled_on": of.settled_on,
            "settlement": _settlement(of),
        },
        "version": of.version,
    }


def page(found: Sequence[Tenancy], limit: int, kept: Kept, rules: RecruitmentRules, locale: str) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: tenancy(each, kept, rules, locale))


def _settlement(of: Tenancy) -> dict[str, Any] | None:
    if of.deductions is None:
        return None
    settled = Settlement(of.deposit, of.deductions)
    return {
        "deductions": settled.deductions,
        "refund": settled.refund,
        "owed": settled.owed,
        "note": of.settlement_note,
    }
