"""What can become of a call and of an application. Rules: DOMAIN, Recruitment."""

from __future__ import annotations

from enum import StrEnum

from services.chassis.errors import IllegalTransition


class CallStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class Status(StrEnum):
    """Of an application up to the panel. What comes after (scores, offers) is told by their own tables."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    SHORTLISTED = "shortlisted"
    NOT_SHORTLISTED = "not_shortlisted"


class Action(StrEnum):
    """SAVE leaves what was submitted as it is, until it is submitted again."""

    CREATE = "create"
    CHANGE = "change"
    PUBLISH = "publish"
    CORRECT = "correct"
    NAME_JUDGES = "name_judges"
    START = "start"
    SAVE = "save"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    EXTEND = "extend"
    PASS = "pass"
    FAIL = "fail"
    SHORTLIST = "shortlist"
    LEAVE_OUT = "leave_out"
    ATTACH = "attach"
    RECUSE = "recuse"
    PURGE = "purge"


RUNNING = (Status.ELIGIBLE, Status.SHORTLISTED, Status.NOT_SHORTLISTED)
"""The states of an application that passed the screening."""

_NEXT = {
    (Status.DRAFT, Action.SAVE): Status.DRAFT,
    (Status.DRAFT, Action.ATTACH): Status.DRAFT,
    (Status.DRAFT, Action.EXTEND): Status.DRAFT,
    (Status.DRAFT, Action.SUBMIT): Status.SUBMITTED,
    (Status.DRAFT, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.SUBMITTED, Action.SAVE): Status.SUBMITTED,
    (Status.SUBMITTED, Action.ATTACH): Status.SUBMITTED,
    (Status.SUBMITTED, Action.EXTEND): Status.SUBMITTED,
    (Status.SUBMITTED, Action.SUBMIT): Status.SUBMITTED,
    (Status.SUBMITTED, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.SUBMITTED, Action.PASS): Status.ELIGIBLE,
    (Status.SUBMITTED, Action.FAIL): Status.INELIGIBLE,
    (Status.INELIGIBLE, Action.PASS): Status.ELIGIBLE,
    (Status.INELIGIBLE, Action.FAIL): Status.INELIGIBLE,
    (Status.INELIGIBLE, Action.WITHDRAW): Status.WITHDRAWN,
    # Staff may have erred, and somebody may withdraw: until the interviews the shortlist is drawn anew.
    **{
        (status, action): then
        for status in RUNNING
        for action, then in {
            Action.PASS: Status.ELIGIBLE,
            Action.FAIL: Status.INELIGIBLE,
            Action.SHORTLIST: Status.SHORTLISTED,
            Action.LEAVE_OUT: Status.NOT_SHORTLISTED,
            Action.WITHDRAW: Status.WITHDRAWN,
        }.items()
    },
}


def after(status: Status, action: Action) -> Status:
    """Raises IllegalTransition."""
    if (status, action) not in _NEXT:
        raise IllegalTransition(state=status, wanted=action)
    return _NEXT[status, action]


def require_draft(status: str, wanted: Action) -> None:
    """Of a call. Raises IllegalTransition."""
    if status != CallStatus.DRAFT:
        raise IllegalTransition(state=status, wanted=wanted)


def published(status: str) -> CallStatus:
    """Raises IllegalTransition."""
    require_draft(status, Action.PUBLISH)
    return CallStatus.PUBLISHED
