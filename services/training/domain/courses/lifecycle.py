"""State machines of courses, sessions and enrolments. Rules: DOMAIN, Training and support."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from services.chassis.errors import IllegalTransition
from services.training.contract.vocabulary import CourseStatus, EnrolmentStatus, SessionStatus


class CourseAction(StrEnum):
    PUBLISH = "publish"
    FILL = "fill"
    FALL_SHORT = "fall_short"
    CONFIRM = "confirm"
    COMPLETE = "complete"
    CANCEL = "cancel"


class SessionAction(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    TIME_OUT = "time_out"
    CANCEL = "cancel"
    PLAN_AGAIN = "plan_again"


class EnrolmentAction(StrEnum):
    OFFER = "offer"
    ACCEPT = "accept"
    LAPSE = "lapse"
    CANCEL = "cancel"


OPEN_COURSES = frozenset({CourseStatus.PUBLISHED, CourseStatus.UNDERSUBSCRIBED, CourseStatus.CONFIRMED})
"""The states in which people have places or wait for one."""
TAKING_PLACE = frozenset({SessionStatus.AWAITING_ROOM, SessionStatus.CONFIRMED})
"""The states in which a session has its time and its instructor."""
SEATED = frozenset({EnrolmentStatus.CONFIRMED, EnrolmentStatus.OFFERED})
"""The states in which an enrolment takes one of the course's places."""
LIVE = SEATED | {EnrolmentStatus.WAITING}

_COURSES = {
    (CourseStatus.DRAFT, CourseAction.PUBLISH): CourseStatus.PUBLISHED,
    (CourseStatus.DRAFT, CourseAction.CANCEL): CourseStatus.CANCELLED,
    (CourseStatus.PUBLISHED, CourseAction.FILL): CourseStatus.CONFIRMED,
    (CourseStatus.PUBLISHED, CourseAction.FALL_SHORT): CourseStatus.UNDERSUBSCRIBED,
    (CourseStatus.PUBLISHED, CourseAction.COMPLETE): CourseStatus.COMPLETED,
    (CourseStatus.PUBLISHED, CourseAction.CANCEL): CourseStatus.CANCELLED,
    (CourseStatus.UNDERSUBSCRIBED, CourseAction.CONFIRM): CourseStatus.CONFIRMED,
    (CourseStatus.UNDERSUBSCRIBED, CourseAction.COMPLETE): CourseStatus.COMPLETED,
    (CourseStatus.UNDERSUBSCRIBED, CourseAction.CANCEL): CourseStatus.CANCELLED,
    (CourseStatus.CONFIRMED, CourseAction.COMPLETE): CourseStatus.COMPLETED,
    (CourseStatus.CONFIRMED, CourseAction.CANCEL): CourseStatus.CANCELLED,
}
_SESSIONS = {
    (SessionStatus.AWAITING_ROOM, SessionAction.GRANT): SessionStatus.CONFIRMED,
    (SessionStatus.AWAITING_ROOM, SessionAction.REFUSE): SessionStatus.REFUSED,
    (SessionStatus.AWAITING_ROOM, SessionAction.TIME_OUT): SessionStatus.REFUSED,
    (SessionStatus.AWAITING_ROOM, SessionAction.CANCEL): SessionStatus.CANCELLED,
    (SessionStatus.CONFIRMED, SessionAction.CANCEL): SessionStatus.CANCELLED,
    (SessionStatus.REFUSED, SessionAction.CANCEL): SessionStatus.CANCELLED,
    (SessionStatus.REFUSED, SessionAction.PLAN_AGAIN): SessionStatus.AWAITING_ROOM,
    (SessionStatus.CANCELLED, SessionAction.PLAN_AGAIN): SessionStatus.AWAITING_ROOM,
}
_ENROLMENTS = {
    (EnrolmentStatus.WAITING, EnrolmentAction.OFFER): EnrolmentStatus.OFFERED,
    (EnrolmentStatus.WAITING, EnrolmentAction.CANCEL): EnrolmentStatus.CANCELLED,
    (EnrolmentStatus.OFFERED, EnrolmentAction.ACCEPT): EnrolmentStatus.CONFIRMED,
    (EnrolmentStatus.OFFERED, EnrolmentAction.LAPSE): EnrolmentStatus.LAPSED,
    (EnrolmentStatus.OFFERED, EnrolmentAction.CANCEL): EnrolmentStatus.CANCELLED,
    (EnrolmentStatus.CONFIRMED, EnrolmentAction.CANCEL): EnrolmentStatus.CANCELLED,
}

State = TypeVar("State", CourseStatus, SessionStatus, EnrolmentStatus)
Action = TypeVar("Action", CourseAction, SessionAction, EnrolmentAction)


def course_after(status: str, action: CourseAction) -> CourseStatus:
    """Raises IllegalTransition."""
    return _after(_COURSES, CourseStatus(status), action)


def session_after(status: str, action: SessionAction) -> SessionStatus:
    """Raises IllegalTransition."""
    return _after(_SESSIONS, SessionStatus(status), action)


def enrolment_after(status: str, action: EnrolmentAction) -> EnrolmentStatus:
    """Raises IllegalTransition."""
    return _after(_ENROLMENTS, EnrolmentStatus(status), action)


def session_may(status: str, action: SessionAction) -> bool:
    return (SessionStatus(status), action) in _SESSIONS


def _after(table: dict[tuple[State, Action], State], status: State, action: Action) -> State:
    if (status, action) not in table:
        raise IllegalTransition(state=status, wanted=action)
    return table[status, action]
