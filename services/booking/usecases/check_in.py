"""Those who booked are there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking import events
from services.booking.domain.lifecycle import Action, Scope, Status, after
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking
from services.booking.schemas.commands import BookingId
from services.booking.usecases import access, audit
from services.booking.usecases.locking import lock_scope
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition
from services.chassis.events import emit
from services.chassis.i18n import msgid as _


def check_in(session: Session, command: BookingId, *, actor: Actor, rules: BookingRules, now: datetime) -> Booking:
    """From 15 minutes before the start to 15 minutes after it (profile). Raises NotFound, IllegalTransition."""
    access.require_known(session, command.booking_id, actor)
    (booking,) = lock_scope(session, command.booking_id, Scope.THIS)
    status = after(Status(booking.status), Action.CHECK_IN)
    opens, closes = booking.starts_at - rules.check_in.before, booking.starts_at + rules.check_in.after
    if now < opens:
        local = opens.astimezone(rules.centre.zone)
        raise IllegalTransition(
            _("You can check in from %(opens)s."),
            state="early",
            wanted=Action.CHECK_IN,
            opens=f"{local:%Y-%m-%d %H:%M}",
        )
    if now >= closes:
        raise IllegalTransition(_("The time to check in is over."), state="late", wanted=Action.CHECK_IN)

    before = audit.snapshot(booking)
    booking.decided(status, by=actor.id, at=now)
    audit.record(session, [booking], Action.CHECK_IN, before=[before], actor=actor, now=now)
    emit(session, events.of(events.BOOKING_CHECKED_IN, [booking], rules), now=now)
    return booking
