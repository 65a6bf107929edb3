"""A person is erased: their bookings stay, they go. Rule: DOMAIN, Notification (erased everywhere)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from services.booking.models import NOBODY, Booking, CalendarKey, Closure, Decision, Penalty, Quota
from services.chassis import idempotency, inbox

PERSONAL = ("title", "note")
"""What people write about a booking."""


def erase_person(session: Session, person_id: str) -> None:
    """What a group booked keeps its title: it is the group's. Answers of commands that others gave about the person's
    bookings go with their idempotency keys, after a week; events on their way after their replay window.
    """
    own = select(Booking.id).where(Booking.requester_id == person_id)
    alone = [row.id for row in session.execute(own.where(Booking.group_id.is_(None)))]
    _forget_words(session, [row.id for row in session.execute(own)], alone)
    session.execute(update(Booking).where(Booking.id.in_(alone)).values(title="", party_id=NOBODY, counts=False))
    session.execute(
        update(Booking)
        .where(Booking.requester_id == person_id)
        .values(requester_id=NOBODY, requester_name="", note=None, exemption_evidence=None)
    )
    session.execute(update(Booking).where(Booking.decided_by == person_id).values(decided_by=NOBODY))
    session.execute(update(Decision).where(Decision.actor_id == person_id).values(actor_id=NOBODY))
    session.execute(update(Closure).where(Closure.declared_by == person_id).values(declared_by=NOBODY))
    for table, column in ((Penalty, Penalty.person_id), (CalendarKey, CalendarKey.person_id), (Quota, Quota.party_id)):
        session.execute(delete(table).where(column == person_id))
    idempotency.forget(session, person_id)
    inbox.forget(session, person_id)


def _forget_words(session: Session, bookings: list[str], alone: list[str]) -> None:
    for decision in session.scalars(select(Decision).where(Decision.booking_id.in_(bookings))):
        gone = PERSONAL if decision.booking_id in alone else ("note",)
        decision.before = _without(decision.before, gone)
        decision.after = _without(decision.after, gone)


def _without(snapshot: dict[str, Any], words: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in snapshot.items() if name not in words}
