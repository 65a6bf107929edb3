"""What a template must be to be sent over a channel. Source: DOMAIN, Notification (templates)."""

from __future__ import annotations

from enum import StrEnum

from services.chassis.errors import IllegalTransition
from services.notify.domain import texting
from services.notify.domain.message import Channel


class Approval(StrEnum):
    """Of an AlimTalk template: written, sent to Kakao, and what came of it. Only an approved one is sent."""

    REGISTERED = "REG"
    REQUESTED = "REQ"
    APPROVED = "APR"
    REJECTED = "REJ"


_NEXT = {
    Approval.REGISTERED: {Approval.REQUESTED},
    Approval.REQUESTED: {Approval.APPROVED, Approval.REJECTED},
    Approval.REJECTED: {Approval.REQUESTED},
    Approval.APPROVED: set(),
}


def moved(state: Approval, wanted: Approval) -> Approval:
    """Raises IllegalTransition. An approved text never changes: another is another version."""
    if wanted not in _NEXT[state]:
        raise IllegalTransition(state=state, wanted=wanted)
    return wanted


def limit(channel: Channel) -> int | None:
    """The most that a text over this channel may have, in its own measure."""
    return _LIMITS.get(channel)


def size(text: str, channel: Channel) -> int:
    """Measured as the channel counts: bytes of EUC-KR, or characters. What stands around it is not sent to phones."""
    text = text.strip()
    return len(text) if channel is Channel.ALIMTALK else texting.size(text)


def excess(text: str, channel: Channel) -> tuple[int, int] | None:
    """What it takes and the most that it may, where it takes more."""
    most, taken = limit(channel), size(text, channel)
    return (taken, most) if most is not None and taken > most else None


_LIMITS = {
    Channel.SMS: texting.SMS_BYTES,
    Channel.LMS: texting.LMS_BYTES,
    Channel.ALIMTALK: texting.ALIMTALK_CHARACTERS,
}
