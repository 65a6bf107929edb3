"""An address turned out to reach nobody: nothing is sent to it any more, until staff lift that."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import context, ids
from services.chassis.context import Context
from services.chassis.db import insert_once
from services.chassis.events import emit
from services.notify import events
from services.notify.domain import suppression
from services.notify.domain.message import Channel
from services.notify.models import Message, Suppression

BOUNCED = "bounced"


def suppress_address(
    session: Session, message: Message, channel: Channel, address: str, *, provider: str, now: datetime
) -> None:
    """message: the one that could not be brought there. An address is suppressed once, and told of once."""
    kind = suppression.kind_of(channel)
    if kind is None or not address:
        return
    row = {
        "id": ids.new_id(),
        "kind": kind,
        "person_id": message.person_id,
        "provider": provider,
        "reason": BOUNCED,
        "suppressed_at": now,
    }
    hashed = suppression.hash_of(kind, address)
    if not insert_once(session, Suppression.__table__, address_hash=hashed, **row):
        return
    origin = Context.begin(
        correlation_id=message.correlation_id, traceparent=message.traceparent, causation_id=message.event_id
    )
    with context.use(origin):
        emit(session, events.address_suppressed(row), now=now)
