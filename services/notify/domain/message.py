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
    EMAIL = "email"


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


CONTACT_MISSING = "contact_missing"

DELAYS = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""How long a message waits after its first, second, ... attempt."""


@dataclass(frozen=True)
class Verdict:
    """The state after an attempt; `wait`: until the next one, for a message that is queued again."""

    status: Status
    wait: timedelta | None = None


def after(outcome: Outcome, *, attempts: int, category: Category, repeats_are_safe: bool) -> Verdict:
    """What becomes of a message after its attempt number `attempts`.

    An unknown outcome is repeated where the provider knows a repeat when it sees one, and where hearing twice does less
    harm than not at all: for mandatory messages. The others are listed for staff.
    """
    may_repeat = outcome is Outcome.TEMPORARY or (
        outcome is Outcome.UNKNOWN and (repeats_are_safe or category is Category.MANDATORY)
    )
    if may_repeat and attempts <= len(DELAYS):
        return Verdict(Status.QUEUED, DELAYS[attempts - 1])
    return Verdict(_LAST[outcome])


_LAST = {
    Outcome.SENT: Status.SENT,
    Outcome.TEMPORARY: Status.DEAD,
    Outcome.PERMANENT: Status.FAILED,
    Outcome.UNKNOWN: Status.UNKNOWN,
}
