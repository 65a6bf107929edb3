"""Visits to communities. Source: DOMAIN, Grant programme support; scenario 34."""

from __future__ import annotations

from enum import StrEnum

from services.chassis.errors import IllegalTransition
from services.training.contract.vocabulary import VisitStatus as Status


class Action(StrEnum):
    REPORT = "report"
    CANCEL = "cancel"


_NEXT = {
    (Status.PLANNED, Action.REPORT): Status.REPORTED,
    (Status.PLANNED, Action.CANCEL): Status.CANCELLED,
}


def after(status: str, action: Action) -> Status:
    """Raises IllegalTransition."""
    known = (Status(status), action)
    if known not in _NEXT:
        raise IllegalTransition(state=status, wanted=action)
    return _NEXT[known]
