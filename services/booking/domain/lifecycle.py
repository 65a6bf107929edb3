"""What can become of a booking. Rules: DOMAIN, Booking (apply -> pending -> approved or rejected, and what follows)."""

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
    """CHANGE is the applicant's, which staff decide upon anew; MOVE is theirs, which they have decided upon."""

    REQUEST = "request"
    APPROVE = "approve"
    REJECT = "reject"
    CANCEL = "cancel"
    CHANGE = "change"
    MOVE = "move"
    EXPIRE = "expire"
    CHECK_IN = "check_in"
    MISS = "miss"
    CLOSE = "close"
    ERASE = "erase"


class Kind(StrEnum):
    """A rental (대관) is applied for and decided upon; the centre's own events and courses are approved at once."""

    RENTAL = "rental"
    STAFF_EVENT = "staff_event"
    COURSE = "course"


class Purpose(StrEnum):
    COMMUNITY = "community"
    EDUCATION = "education"
    CULTURE = "culture"
    MEETING = "meeting"
    BUSINESS = "business"
    POLITICAL = "political"
    RELIGIOUS = "religious"
    COMMERCIAL = "commercial"


class Field(StrEnum):
    """The centre's two fields, by which its statistics are split."""

    SOCIAL_ECONOMY = "social_economy"
    VILLAGE_COMMUNITY = "village_community"
    BOTH = "both"


class RejectReason(StrEnum):
    FORBIDDEN_PURPOSE = "forbidden_purpose"
    INCOMPLETE = "incomplete"
    UNSUITABLE_SPACE = "unsuitable_space"
    CENTRE_NEEDS_IT = "centre_needs_it"
    OTHER = "other"


class Scope(StrEnum):
    """Which bookings of a series are meant: RFC 5545's this, this and the following ones, all."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


HOLDING = frozenset({Status.PENDING, Status.APPROVED, Status.CHECKED_IN})
"""The states in which a booking has its rooms."""

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
