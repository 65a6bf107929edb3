"""Support work that waits for staff, for their desk."""

from __future__ import annotations

from services.gateway.web.listing import whole
from services.gateway.web.plan import Plan
from services.gateway.web.support import words
from services.training.contract.consulting import ListConsultations
from services.training.contract.network import ListActions
from services.training.contract.programmes import ListVisits
from services.training.contract.vocabulary import ActionStatus, ConsultationStatus

WAITING = (ConsultationStatus.REQUESTED, ConsultationStatus.DIAGNOSED)


def support_work() -> dict[str, object]:
    """Return consultations to diagnose or assign, visits whose reports are late, actions that are due; oldest first."""
    now = Plan.of().now
    today = now.date()
    requested, diagnosed = (whole(ListConsultations(status=each)) for each in WAITING)
    actions = whole(ListActions(status=ActionStatus.OPEN))
    return {
        "cases": sorted(requested + diagnosed, key=lambda each: each.id),
        "late_visits": list(reversed(whole(ListVisits(overdue=True)))),
        "due_actions": [each for each in actions if each.due_on <= today],
        "today": today,
        "support": words,
    }
