"""A message to one person: what it is, what can become of it, when it is tried again. Rules: DOMAIN, Notification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Category(StrEnum):
    """mandatory: cannot be muted. service: about what a person takes part in. advertising: needs consent (law)."""

    MANDATORY = "mandatory"
    SERVICE = "service"
    ADVERTISING = "advertising"


class Channel(StrEnum):
    """inbox: in Madang itself. sms: a text of at most 90 bytes; lms: a longer one. alimtalk: KakaoTalk's notices."""

    INBOX = "inbox"
    EMAIL = "email"
    SMS = "sms"
    LMS = "lms"
    ALIMTALK = "alimtalk"
    WEBHOOK = "webhook"


class Status(StrEnum):
    """unknown: it may have gone out and nobody can be asked. dead: tried until the last delay. skipped: never tried."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DEAD = "dead"
    SKIPPED = "skipped"


LOST = frozenset({Status.FAILED, Status.UNKNOWN, Status.DEAD})
"""The states in which nobody will try again, and the person may have heard nothing."""


class Outcome(StrEnum):
    """What a provider said to one attempt. unknown: it took the message and did not say what became of it."""

    SENT = "sent"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"


class Fault(StrEnum):
    """Whose fault it is that a message did not go. provider: others would fail as well. address: nobody is there."""

    PROVIDER = "provider"
    ADDRESS = "address"


CONTACT_MISSING = "contact_missing"
SUPPRESSED = "suppressed"

DELAYS = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""How long a message waits after its first, second, ... attempt."""

DELAYS_BEFORE_FALLBACK = DELAYS[:2]
"""The same where another channel stands ready to take the message over."""


@dataclass(frozen=True)
class Verdict:
    """The state after an attempt; `wait`: until the next one, for a message that is queued again."""

    status: Status
    wait: timedelta | None = None


def after(
    outcome: Outcome, *, attempts: int, category: Category, repeats_are_safe: bool, has_fallback: bool = False
) -> Verdict:
    """What becomes of a message after its attempt number `attempts`.

    An unknown outcome is repeated where the provider knows a repeat when it sees one or can be asked, and where hearing
    twice does less harm than not at all: for mandatory messages. The others are listed for staff. With a fallback an
    unknown outcome is never repeated blindly: the person might hear of it over both channels.
    """
    delays: tuple[timedelta, ...] = ()
    if outcome is Outcome.TEMPORARY:
        delays = DELAYS_BEFORE_FALLBACK if has_fallback else DELAYS
    elif outcome is Outcome.UNKNOWN and (repeats_are_safe or (category is Category.MANDATORY and not has_fallback)):
        delays = DELAYS
    if attempts <= len(delays):
        return Verdict(Status.QUEUED, delays[attempts - 1])
    return Verdict(_LAST[outcome])


_LAST = {
    Outcome.SENT: Status.SENT,
    Outcome.TEMPORARY: Status.DEAD,
    Outcome.PERMANENT: Status.FAILED,
    Outcome.UNKNOWN: Status.UNKNOWN,
}
