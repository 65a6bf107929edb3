"""What can become of a broadcast, and over what it may go. Source: DOMAIN, Notification (audiences)."""

from __future__ import annotations

from enum import StrEnum

from services.chassis.errors import IllegalTransition
from services.notify.domain.message import Category, Channel


class State(StrEnum):
    """scheduled: it goes out at its time. sending: its people are told, one batch after the other. sent: all were."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    SENT = "sent"
    CANCELLED = "cancelled"


class Action(StrEnum):
    CHANGE = "change"
    SEND = "send"
    CANCEL = "cancel"


GOES_OUT = (State.SCHEDULED, State.SENDING)
CATEGORIES = (Category.SERVICE, Category.ADVERTISING)
"""A public notice, or advertising. What cannot be muted is about people's own affairs, and never written to many."""
CHANNELS = (Channel.INBOX, Channel.EMAIL, Channel.SMS, Channel.ALIMTALK)

_AFTER = {
    (State.DRAFT, Action.CHANGE): State.DRAFT,
    (State.DRAFT, Action.SEND): State.SCHEDULED,
    (State.DRAFT, Action.CANCEL): State.CANCELLED,
    (State.SCHEDULED, Action.CANCEL): State.CANCELLED,
}


def after(state: str, action: Action) -> State:
    """Raises IllegalTransition. Once the first are told, there is no way back."""
    try:
        return _AFTER[State(state), action]
    except KeyError:
        raise IllegalTransition(state=state, wanted=action) from None
