"""Offers, and the map of who has which unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.chassis import paging
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import TenancyStatus
from services.recruitment.models import Offer, Tenancy
from services.recruitment.queries.offers import Occupied

STATUS = {
    TenancyStatus.UNSIGNED: "offered",
    TenancyStatus.SIGNED: "let",
    TenancyStatus.ACTIVE: "occupied",
    TenancyStatus.ENDING: "ending",
    TenancyStatus.ENDED: "to_hand_back",
}


def offer(of: Offer, tenancies: Mapping[str, str], rules: RecruitmentRules, locale: str) -> dict[str, Any]:
    """tenancies: ids by offer."""
    zone, names = rules.centre.zone, rules.unit(of.unit_id).names
    return {
        "id": of.id,
        "call_id": of.call_id,
        "application_id": of.application_id,
        "organisation_id": of.organisation_id,
        "organisation_name": of.organisation_name,
        "unit_id": of.unit_id,
        "unit_name": names.get(locale, names["en"]),
        "kind": of.kind,
        "rank": of.rank,
        "status": of.status,
        "made_at": of.made_at.astimezone(zone),
        "expires_at": of.expires_at.astimezone(zone),
        "decided_at": of.decided_at.astimezone(zone) if of.decided_at else None,
        "tenancy_id": tenancies.get(of.id),
        "version": of.version,
    }


def page(
    found: Sequence[Offer], limit: int, tenancies: Mapping[str, str], rules: RecruitmentRules, locale: str
) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: offer(each, tenancies, rules, locale))


def units(found: Sequence[Occupied], rules: RecruitmentRules, locale: str, *, inside: bool) -> dict[str, Any]:
    """In the profile's order. Names of tenants are public; who is offered a unit, and what was left of a call, is for
    staff (`inside`).
    """
    by_id = {each.unit.id: each for each in found}
    return {"items": [_unit(by_id[unit_id], rules, locale, inside) for unit_id in rules.units if unit_id in by_id]}


def _unit(of: Occupied, rules: RecruitmentRules, locale: str, inside: bool) -> dict[str, Any]:
    unit = rules.unit(of.unit.id)
    tenancy = of.tenancy
    known = tenancy is not None and (inside or tenancy.status != TenancyStatus.UNSIGNED)
    vacant = "offered" if of.offer else "vacant"
    return {
        "id": unit.id,
        "kind": unit.kind,
        "name": unit.names.get(locale, unit.names["en"]),
        "names": dict(unit.names),
        "area_m2": str(unit.area),
        "appraised_value": unit.appraised_value,
        "status": STATUS[TenancyStatus(tenancy.status)] if tenancy else vacant,
        "occupant": _occupant(tenancy) if tenancy and known else None,
        "recalls": [each.call_id for each in of.recalls] if inside and tenancy is None and of.offer is None else [],
    }


def _occupant(of: Tenancy) -> dict[str, Any]:
    return {
        "tenancy_id": of.id,
        "organisation_id": of.organisation_id,
        "organisation_name": of.organisation_name,
        "status": of.status,
        "starts_on": of.starts_on,
        "ends_on": of.ends_on,
    }
