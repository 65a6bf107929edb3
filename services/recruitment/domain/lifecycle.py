"""State machines of a call and of an application. Source: DOMAIN, Recruitment."""

from __future__ import annotations

from enum import StrEnum

from services.chassis.errors import IllegalTransition
from services.recruitment.contract.vocabulary import ApplicationStatus, CallStatus


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


RUNNING = (ApplicationStatus.ELIGIBLE, ApplicationStatus.SHORTLISTED, ApplicationStatus.NOT_SHORTLISTED)
"""The states of an application that passed the screening."""

_NEXT = {
    (ApplicationStatus.DRAFT, Action.SAVE): ApplicationStatus.DRAFT,
    (ApplicationStatus.DRAFT, Action.ATTACH): ApplicationStatus.DRAFT,
    (ApplicationStatus.DRAFT, Action.EXTEND): ApplicationStatus.DRAFT,
    (ApplicationStatus.DRAFT, Action.SUBMIT): ApplicationStatus.SUBMITTED,
    (ApplicationStatus.DRAFT, Action.WITHDRAW): ApplicationStatus.WITHDRAWN,
    (ApplicationStatus.SUBMITTED, Action.SAVE): ApplicationStatus.SUBMITTED,
    (ApplicationStatus.SUBMITTED, Action.ATTACH): ApplicationStatus.SUBMITTED,
    (ApplicationStatus.SUBMITTED, Action.EXTEND): ApplicationStatus.SUBMITTED,
    (ApplicationStatus.SUBMITTED, Action.SUBMIT): ApplicationStatus.SUBMITTED,
    (ApplicationStatus.SUBMITTED, Action.WITHDRAW): ApplicationStatus.WITHDRAWN,
    (ApplicationStatus.SUBMITTED, Action.PASS): ApplicationStatus.ELIGIBLE,
    (ApplicationStatus.SUBMITTED, Action.FAIL): ApplicationStatus.INELIGIBLE,
    (ApplicationStatus.INELIGIBLE, Action.PASS): ApplicationStatus.ELIGIBLE,
    (ApplicationStatus.INELIGIBLE, Action.FAIL): ApplicationStatus.INELIGIBLE,
    (ApplicationStatus.INELIGIBLE, Action.WITHDRAW): ApplicationStatus.WITHDRAWN,
    # Staff may have erred, and somebody may withdraw: until the interviews the shortlist is drawn anew.
    **{
        (status, action): then
        for status in RUNNING
        for action, then in {
            Action.PASS: ApplicationStatus.ELIGIBLE,
            Action.FAIL: ApplicationStatus.INELIGIBLE,
            Action.SHORTLIST: ApplicationStatus.SHORTLISTED,
            Action.LEAVE_OUT: ApplicationStatus.NOT_SHORTLISTED,
            Action.WITHDRAW: ApplicationStatus.WITHDRAWN,
        }.items()
    },
}


def after(status: ApplicationStatus, action: Action) -> ApplicationStatus:
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
