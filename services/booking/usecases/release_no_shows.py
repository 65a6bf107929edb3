"""Release rooms to which nobody came in time, with a point for the applicant, and a ban for too many points."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking import events
from services.booking.contract.vocabulary import Action, Kind, Status
from services.booking.domain.lifecycle import after
from services.booking.domain.penalty import ban_until
from services.booking.domain.rules import BookingRules
from services.booking.models import NOBODY, Booking, Penalty
from services.booking.usecases import audit, holding
from services.booking.usecases.access import CENTRE
from services.chassis.events import emit

BATCH = 100


def release_no_shows(session: Session, *, rules: BookingRules, now: datetime) -> bool:
    """A batch of rentals that began and that nobody has checked in for. True: there may be more."""
    bookings = session.scalars(
        select(Booking)
        .where(
            Booking.status == Status.APPROVED,
            Booking.kind == Kind.RENTAL,
            Booking.starts_at <= now - rules.check_in.after,
        )
        .order_by(Booking.starts_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    before = [audit.snapshot(booking) for booking in bookings]
    for booking in bookings:
        booking.decided(after(Status(booking.status), Action.MISS), by=CENTRE.id, at=now)
        booking.given_up(refund=0, counts=True)
    if bookings:
        holding.release(session, [booking.id for booking in bookings])
        audit.record(session, bookings, Action.MISS, before=before, actor=CENTRE, now=now)
    for booking in bookings:
        emit(session, events.of(events.BOOKING_NO_SHOW, [booking], rules), now=now)
        if booking.requester_id != NOBODY:
            _impose(session, booking, rules, now)
    return bool(bookings)


def _impose(session: Session, booking: Booking, rules: BookingRules, now: datetime) -> None:
    """The point is of the time of the booking, however late the clock is looked at."""
    missed_at = booking.starts_at + rules.check_in.after
    earlier = session.scalars(select(Penalty.imposed_at).where(Penalty.person_id == booking.requester_id)).all()
    penalty = Penalty(
        booking_id=booking.id,
        person_id=booking.requester_id,
        imposed_at=missed_at,
        ban_until=ban_until([*earlier, missed_at], missed_at, rules.penalties),
    )
    session.add(penalty)
    session.flush()
    emit(session, events.penalty_imposed(penalty, booking, rules), now=now)
