"""State machine of a booking. Rules: DOMAIN, Booking (apply -> pending -> approved or rejected, and so on)."""

from __future__ import annotations

from services.booking.contract.vocabulary import Action, Status
from services.chassis.errors import IllegalTransition

_NEXT = {
    (Status.PENDING, Action.APPROVE): Status.APPROVED,
    (Status.PENDING, Action.REJECT): Status.REJECTED,
    (Status.PENDING, Action.CANCEL): Status.CANCELLED,
    (Status.PENDING, Action.CLOSE): Status.CANCELLED,
    (Status.PENDING, Action.EXPIRE): Status.EXPIRED,
    (Status.PENDING, Action.CHANGE): Status.PENDING,
    (Status.PENDING, Action.MOVE): Status.PENDING,
    (Status.APPROVED, Action.CANCEL): Status.CANCELLED,
    (Status.APPROVED, Action.CLOSE): Status.CANCELLED,
    (Status.APPROVED, Action.CHANGE): Status.PENDING,
    (Status.APPROVED, Action.MOVE): Status.APPROVED,
    (Status.APPROVED, Action.CHECK_IN): Status.CHECKED_IN,
    (Status.APPROVED, Action.MISS): Status.NO_SHOW,
}


def after(status: Status, action: Action) -> Status:
    """Raises IllegalTransition."""
    if not possible(status, action):
        raise IllegalTransition(state=status, wanted=action)
    return _NEXT[status, action]


def possible(status: Status, action: Action) -> bool:
    return (status, action) in _NEXT
