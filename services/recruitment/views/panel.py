"""The panel of a call, for staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Assignment, Call, Judge, Recusal


def panel(
    of: Call,
    judges: Sequence[Judge],
    applications: Sequence[Application],
    assignments: Sequence[Assignment],
    recusals: Sequence[Recusal],
    rules: RecruitmentRules,
) -> dict[str, Any]:
    assigned = Counter(each.judge_id for each in assignments)
    by_application: dict[str, list[str]] = {each.id: [] for each in applications}
    for each in assignments:
        by_application.setdefault(each.application_id, []).append(each.judge_id)
    return {
        "call_id": of.id,
        "judges": [_judge(each, assigned[each.judge_id]) for each in judges],
        "applications": [
            {
                "application_id": each.id,
                "organisation_name": each.organisation_name,
                "judge_ids": by_application[each.id],
                "short": len(by_application[each.id]) < of.terms["judges"]["least"],
            }
            for each in applications
        ],
        "recusals": [recusal(each, rules) for each in recusals],
    }


def recusal(of: Recusal, rules: RecruitmentRules) -> dict[str, Any]:
    return {
        "application_id": of.application_id,
        "judge_id": of.judge_id,
        "source": of.source,
        "ground": of.ground,
        "reason": of.reason,
        "recorded_at": of.recorded_at.astimezone(rules.centre.zone),
    }


def _judge(of: Judge, assigned: int) -> dict[str, Any]:
    return {
        "id": of.judge_id,
        "name": of.name,
        "organisations": of.organisations,
        "ties": of.ties,
        "has_contact": bool(of.marks),
        "assigned": assigned,
    }
