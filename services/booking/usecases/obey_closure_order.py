"""The district orders a closure; the same order with another end moves it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking.domain.rules import BookingRules
from services.booking.models import Closure
from services.booking.schemas.heard import ClosureOrder
from services.booking.usecases import closing
from services.chassis.events import Received


def obey_closure_order(session: Session, event: Received, *, rules: BookingRules, now: datetime) -> None:
    """The order is known by the id that it names, else by its event's. Raises as declare_closure."""
    order: ClosureOrder = event.data
    order_id = f"{event.source}:{order.order_id or event.id}"[:200]
    standing = session.scalars(select(Closure).where(Closure.order_id == order_id).with_for_update()).one_or_none()
    wanted = order.closing(rules.centre, order_id)
    if standing is None:
        closing.close(session, wanted, by=event.source[:100], rules=rules, now=now)
    else:
        closing.move_end(session, standing, wanted.period.end, rules=rules, now=now)
