"""What can become of a booking. Rules: DOMAIN, Booking (apply -> pending -> approved or rejected)."""

from __future__ import annotations

from enum import StrEnum

from services.chassis.errors import IllegalTransition


class Status(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    CHECKED_IN = "checked_in"
    NO_SHOW = "no_show"


class Action(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"
    CANCEL = "cancel"


class Purpose(StrEnum):
    COMMUNITY = "community"
    EDUCATION = "education"
    CULTURE = "culture"
    MEETING = "meeting"
    BUSINESS = "business"
    POLITICAL = "political"
    RELIGIOUS = "religious"
    COMMERCIAL = "commercial"


class RejectReason(StrEnum):
    FORBIDDEN_PURPOSE = "forbidden_purpose"
    INCOMPLETE = "incomplete"
    UNSUITABLE_SPACE = "unsuitable_space"
    CENTRE_NEEDS_IT = "centre_needs_it"
    OTHER = "other"


HOLDING = frozenset({Status.PENDING, Status.APPROVED, Status.CHECKED_IN})
"""The states in which a booking has its rooms."""

_NEXT = {
    (Status.PENDING, Action.APPROVE): Status.APPROVED,
    (Status.PENDING, Action.REJECT): Status.REJECTED,
    (Status.PENDING, Action.CANCEL): Status.CANCELLED,
    (Status.APPROVED, Action.CANCEL): Status.CANCELLED,
}


def after(status: Status, action: Action) -> Status:
    """Raises IllegalTransition."""
    if (status, action) not in _NEXT:
        raise IllegalTransition(state=status, wanted=action)
    return _NEXT[status, action]
