"""The bookings of a series that a command is about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking.contract.vocabulary import Action, Scope, Status
from services.booking.domain.lifecycle import after, possible
from services.booking.models import Booking
from services.booking.usecases.locking import lock_scope
from services.chassis.errors import IllegalTransition
from services.chassis.i18n import msgid as _


def lock_for_action(session: Session, booking_id: str, scope: Scope, action: Action, *, now: datetime) -> list[Booking]:
    """Lock the bookings of the scope that allow the action, at least one. Raises NotFound, IllegalTransition.

    A single booking must allow it; of several, those that do not stay as they are.
    """
    bookings = lock_scope(session, booking_id, scope)
    able = [each for each in bookings if possible(Status(each.status), action) and each.starts_at > now]
    if not able:
        booking = next((each for each in bookings if each.id == booking_id), bookings[0])
        after(Status(booking.status), action)
        raise IllegalTransition(_("This cannot be done any more: it has begun."), state="begun", wanted=action)
    return able
