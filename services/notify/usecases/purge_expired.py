"""What is beyond its time goes, in batches: the words of messages, receipts, the access log. Rule: DOMAIN, Retention.

That there was a message, for whom, when and with which end, is kept. One that is still to be sent keeps its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from services.chassis.db import affected
from services.notify.domain.letterhead import Retention
from services.notify.domain.message import Status
from services.notify.models import Mail, Message, Receipt
from services.notify.models.people import Disclosure
from services.notify.models.texts import Digest

BATCH = 1000


def purge_expired(session: Session, *, retention: Retention, now: datetime) -> Mapping[str, int]:
    """Returns how many of each went; a batch that is full (BATCH) means that there may be more."""
    return {
        "bodies": _empty_messages(session, now - retention.bodies),
        "digests": _remove(session, Digest, Digest.closed_at < now - retention.bodies),
        "receipts": _remove(session, Receipt, Receipt.received_at < now - retention.receipts),
        "access_log": _remove(session, Disclosure, Disclosure.at < now - retention.access_log),
    }


def _empty_messages(session: Session, before: datetime) -> int:
    old = session.execute(
        select(Message.id, Message.message_id)
        .where(
            Message.created_at < before,
            Message.body != "",
            Message.status.not_in([Status.QUEUED, Status.SENDING]),
        )
        .order_by(Message.created_at)
        .limit(BATCH)
    ).all()
    if not old:
        return 0
    session.execute(delete(Mail).where(Mail.message_id.in_([each.message_id for each in old])))
    emptied: Any = update(Message).where(Message.id.in_([each.id for each in old])).values(subject="", body="")
    session.execute(emptied.execution_options(synchronize_session=False))
    return len(old)


def _remove(session: Session, table: Any, expired: Any) -> int:
    some = select(table.id).where(expired).order_by(table.id).limit(BATCH)
    return affected(session, delete(table).where(table.id.in_(some)))
