"""Calls, as everybody reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from services.chassis import paging
from services.recruitment.domain.calls import Calendar
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Call, Correction, OfferedUnit


def line(of: Call, rules: RecruitmentRules) -> dict[str, Any]:
    zone = rules.centre.zone
    calendar = {name: getattr(of, name) for name in Calendar.__dataclass_fields__}
    moments = {name: at.astimezone(zone) for name, at in calendar.items() if hasattr(at, "astimezone")}
    return {
        "id": of.id,
        "code": of.code,
        "title": of.title,
        "status": of.status,
        **calendar,
        **moments,
        "published_at": of.published_at.astimezone(zone) if of.published_at else None,
        "results_at": of.results_at.astimezone(zone) if of.results_at else None,
        "units": dict(Counter(unit.kind for unit in of.offered)),
        "version": of.version,
    }


def call(of: Call, corrections: Sequence[Correction], rules: RecruitmentRules, locale: str) -> dict[str, Any]:
    zone = rules.centre.zone
    known = rules.selection.documents
    return {
        **line(of, rules),
        "summary": of.summary,
        "offered": [_offered(unit, rules, locale) for unit in of.offered],
        "documents": [
            {**_named(kind.id, kind.names, locale), "required": kind.id in of.documents} for kind in known.values()
        ],
        "criteria": [
            {**_named(each.id, each.names, locale), "points": f"{each.points.normalize():f}", "optional": each.optional}
            for each in of.criteria
        ],
        "eligibility": of.eligibility,
        "terms": of.terms,
        "interviews_blocked": of.interviews_blocked_by is not None,
        "corrections": [
            {
                "number": each.number,
                "at": each.at.astimezone(zone),
                "reason": each.reason,
                "closure_id": each.closure_id,
                "before": each.before,
                "after": each.after,
            }
            for each in corrections
        ],
    }


def page(found: Sequence[Call], limit: int, rules: RecruitmentRules) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: line(each, rules))


def _offered(of: OfferedUnit, rules: RecruitmentRules, locale: str) -> dict[str, Any]:
    unit = rules.unit(of.unit_id)
    return {
        **_named(unit.id, unit.names, locale),
        "kind": of.kind,
        "area_m2": str(unit.area),
        "appraised_value": unit.appraised_value,
    }


def _named(name_id: str, names: Mapping[str, str], locale: str) -> dict[str, Any]:
    return {"id": name_id, "name": names.get(locale, names["en"]), "names": dict(names)}
