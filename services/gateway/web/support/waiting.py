"""What of the support work waits for staff, for their desk."""

from __future__ import annotations

from typing import Any

from services.gateway.web.listing import everything
from services.gateway.web.plan import Plan
from services.gateway.web.support import words

WAITING = ("requested", "diagnosed")


def support_work() -> dict[str, Any]:
    """Consultations to diagnose or to assign, visits whose reports are late, actions that are due; oldest first."""
    now = Plan.of().now
    today = now.date().isoformat()
    requested, diagnosed = (everything("training", "list_consultations", status=each) for each in WAITING)
    actions = everything("training", "list_actions", status="open")
    return {
        "cases": sorted(requested + diagnosed, key=lambda each: str(each["id"])),
        "late_visits": list(reversed(everything("training", "list_visits", overdue=True))),
        "due_actions": [each for each in actions if each["due_on"] <= today],
        "today": today,
        "support": words,
    }
