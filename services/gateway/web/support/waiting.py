"""What of the support work waits for staff, for their desk."""

from __future__ import annotations

from typing import Any

from services.gateway.web.plan import Plan
from services.gateway.web.support import words
from services.gateway.web.support.shell import everything


def support_work() -> dict[str, Any]:
    """Consultations to diagnose or to assign, visits whose reports are late, actions that are due; oldest first."""
    now = Plan.of().now
    today = now.date().isoformat()
    cases = [each for status in ("requested", "diagnosed") for each in everything("list_consultations", status=status)]
    actions = everything("list_actions", status="open")
    return {
        "cases": sorted(cases, key=lambda each: str(each["id"])),
        "late_visits": list(reversed(everything("list_visits", overdue=True))),
        "due_actions": [each for each in actions if each["due_on"] <= today],
        "today": today,
        "support": words,
    }
