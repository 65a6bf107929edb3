"""Closures: declared, moved at their end, lifted. What they touch is cancelled afterwards, batch by batch
(settle_closures.py); what is new is refused from the first moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking import events
from services.booking.domain.closing import Closing
from services.booking.domain.rules import BookingRules
from services.booking.models import Closure
from services.booking.usecases.locking import lock_rooms
from services.chassis import ids
from services.chassis.db import wake_after_commit
from services.chassis.errors import IllegalTransition, Invalid, NotFound
from services.chassis.events import emit
from services.chassis.i18n import msgid as _

SETTLE = "settle_closures"
"""The timer that cancels what closures touch."""


def close(session: Session, closing: Closing, *, by: str, rules: BookingRules, now: datetime) -> Closure:
    """Raises NotFound for a space, Invalid for a time that is over."""
    if closing.period.end <= now:
        raise Invalid(errors={"to": [_("This time is over.")]})
    rooms = rooms_of(closing.space_ids, rules)
    # Who is applying for one of them at this moment is waited for, and seen when the closure is settled.
    lock_rooms(session, rooms)
    closure = Closure(
        id=ids.new_id(),
        starts_at=closing.period.start,
        ends_at=closing.period.end,
        reason=closing.reason,
        space_ids=list(closing.space_ids),
        rooms=rooms,
        force_majeure=closing.force_majeure,
        declared_by=by,
        declared_at=now,
        order_id=closing.order_id,
        settled=False,
        version=1,
    )
    session.add(closure)
    session.flush()
    emit(session, events.of_closure(events.CLOSURE_DECLARED, closure, rules), now=now)
    wake_after_commit(session, SETTLE)
    return closure


def move_end(session: Session, closure: Closure, end: datetime, *, rules: BookingRules, now: datetime) -> None:
    """Later: extended. Earlier: lifted from then on, which revives nothing. Raises Invalid, IllegalTransition."""
    _require_live(closure, now)
    if end == closure.ends_at:
        return
    if end <= max(closure.starts_at, now):
        raise Invalid(
            errors={"to": [_("This must be after now and after the closure's start. To end it now, lift it.")]}
        )
    extended = end > closure.ends_at
    if extended:
        lock_rooms(session, closure.rooms)
    closure.moved(end, settled=closure.settled and not extended)
    session.flush()
    kind = events.CLOSURE_EXTENDED if extended else events.CLOSURE_LIFTED
    emit(session, events.of_closure(kind, closure, rules), now=now)
    wake_after_commit(session, SETTLE)


def lift(session: Session, closure: Closure, *, rules: BookingRules, now: datetime) -> None:
    """From now on it refuses and cancels nothing; what was cancelled stays so. Raises IllegalTransition."""
    _require_live(closure, now)
    closure.lifted(now)
    session.flush()
    emit(session, events.of_closure(events.CLOSURE_LIFTED, closure, rules), now=now)


def lock_closure(session: Session, closure_id: str) -> Closure:
    """Raises NotFound."""
    closure = session.scalars(select(Closure).where(Closure.id == closure_id).with_for_update()).one_or_none()
    if closure is None:
        raise NotFound(_("There is no such closure."))
    return closure


def rooms_of(space_ids: Sequence[str], rules: BookingRules) -> list[str]:
    """Sorted; of no space in particular: all. Raises NotFound."""
    if not space_ids:
        return list(rules.rooms)
    return sorted({room for space_id in space_ids for room in rules.space(space_id).rooms})


def _require_live(closure: Closure, now: datetime) -> None:
    if closure.lifted_at is not None:
        raise IllegalTransition(_("This closure is lifted already."), state="lifted")
    if closure.ends_at <= now:
        raise IllegalTransition(_("This closure is over."), state="over")
