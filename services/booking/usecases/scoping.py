"""Which bookings of a series a command is about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking.domain.lifecycle import Action, Scope, Status, after, possible
from services.booking.models import Booking
from services.booking.usecases.locking import lock_scope
from services.chassis.errors import IllegalTransition
from services.chassis.i18n import msgid as _


def lock_for_action(session: Session, booking_id: str, scope: Scope, action: Action, *, now: datetime) -> list[Booking]:
    """Those in the scope with which it can still be done, at least one. Raises NotFound, IllegalTransition.

    Meant alone, a booking must allow it; of several, those that do not are left as they are.
    """
    meant = lock_scope(session, booking_id, scope)
    able = [each for each in meant if possible(Status(each.status), action) and each.starts_at > now]
    if not able:
        booking = next((each for each in meant if each.id == booking_id), meant[0])
        after(Status(booking.status), action)
        raise IllegalTransition(_("This cannot be done any more: it has begun."), state="begun", wanted=action)
    return able
