"""What a provider reports of a message after it has taken it, and what becomes of the message then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.notify.domain.message import Status


class Report(StrEnum):
    """bounced: the address does not exist (a hard bounce); failed: anything else that is final."""

    DELIVERED = "delivered"
    FAILED = "failed"
    BOUNCED = "bounced"


@dataclass(frozen=True)
class Reported:
    """receipt_id: the provider's own, the same when it tells again. message_id: of the letter; empty where only
    provider_message_id is told. detail: in the provider's words.
    """

    receipt_id: str
    report: Report
    message_id: str
    provider_message_id: str
    detail: str


_GOOD_NEWS = frozenset({Status.QUEUED, Status.UNKNOWN, Status.DEAD})
_BAD_NEWS = frozenset({Status.SENT, Status.UNKNOWN, Status.QUEUED})


def after_report(status: Status, report: Report, *, may_have_gone_out: bool, was_delivered: bool) -> Status | None:
    """The message's next status; None: it stays as it is.

    may_have_gone_out: an attempt was made. was_delivered: a receipt said so before, and no later one can unsay it.
    """
    if not may_have_gone_out or was_delivered:
        return None
    if report is Report.DELIVERED:
        return Status.SENT if status in _GOOD_NEWS else None
    return Status.FAILED if status in _BAD_NEWS else None
