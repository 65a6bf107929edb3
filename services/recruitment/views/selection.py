"""Numbers of a selection, the report of a purge, and the audit log, for staff and auditors."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from services.chassis import paging
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Decision, Purge
from services.recruitment.queries.statistics import Counted


def statistics(call_id: str, rows: Sequence[Counted], failed: Mapping[str, int]) -> dict[str, Any]:
    return {"call_id": call_id, "rows": rows, "failed_rules": failed}


def purge(of: Purge, rules: RecruitmentRules) -> dict[str, Any]:
    return {"call_id": of.call_id, "at": of.at.astimezone(rules.centre.zone), **of.report}


def decisions(
    found: Sequence[Decision], limit: int, sealed: Collection[int], rules: RecruitmentRules
) -> dict[str, Any]:
    """sealed: ids of those of which the reader may see no more than that they were made."""
    return paging.page(found, limit, lambda each: _decision(each, each.id in sealed, rules))


def _decision(of: Decision, sealed: bool, rules: RecruitmentRules) -> dict[str, Any]:
    return {
        "subject_id": of.subject_id,
        "at": of.at.astimezone(rules.centre.zone),
        "actor_id": of.actor_id,
        "action": of.action,
        "sealed": sealed,
        "reason": None if sealed else of.reason,
        "before": {} if sealed else of.before,
        "after": {} if sealed else of.after,
    }
