"""Data of a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking.contract.people import ExportPerson
from services.booking.models import Booking, CalendarKey, Closure, Decision, Penalty
from services.chassis.errors import Invalid


@dataclass(frozen=True)
class Cursor:
    """Ids of the last booking and the last decision on a page. Each list has its own order."""

    booking_id: str = ""
    decision_id: int = 0

    @classmethod
    def read(cls, text: str | None) -> Cursor:
        """Raises Invalid."""
        if text is None:
            return cls()
        booking_id, separator, decision_id = text.rpartition(".")
        if not separator or not decision_id.isascii() or not decision_id.isdigit() or len(decision_id) > 18:
            raise Invalid(errors={"cursor": ["Give the next_cursor of the page before."]})
        return cls(booking_id, int(decision_id))

    def __str__(self) -> str:
        return f"{self.booking_id}.{self.decision_id}"


@dataclass(frozen=True)
class Personal:
    """One page. bookings: of the person. about: decisions on them, by booking. made: decisions by the person on
    bookings of others. more: where the next page begins; None on the last page.
    """

    bookings: Sequence[Booking]
    about: Mapping[str, Sequence[Decision]]
    made: Sequence[Decision]
    penalties: Sequence[Penalty]
    closures: Sequence[Closure]
    has_calendar_address: bool
    more: Cursor | None


def find_personal(session: Session, person_id: str, request: ExportPerson) -> Personal:
    """Raises Invalid for a cursor that is none."""
    after = Cursor.read(request.cursor)
    own = Booking.requester_id == person_id
    bookings = session.scalars(
        select(Booking).where(own, Booking.id > after.booking_id).order_by(Booking.id).limit(request.limit + 1)
    ).all()
    of_others = Decision.booking_id.not_in(select(Booking.id).where(own))
    made = session.scalars(
        select(Decision)
        .where(Decision.actor_id == person_id, Decision.id > after.decision_id, of_others)
        .order_by(Decision.id)
        .limit(request.limit + 1)
    ).all()
    shown = bookings[: request.limit]
    return Personal(
        bookings=shown,
        about=_about(session, shown),
        made=made[: request.limit],
        penalties=session.scalars(
            select(Penalty).where(Penalty.person_id == person_id).order_by(Penalty.imposed_at, Penalty.id)
        ).all(),
        closures=session.scalars(select(Closure).where(Closure.declared_by == person_id).order_by(Closure.id)).all(),
        has_calendar_address=session.get(CalendarKey, person_id) is not None,
        more=_more(after, bookings, made, request.limit),
    )


def _about(session: Session, bookings: Sequence[Booking]) -> Mapping[str, Sequence[Decision]]:
    about: dict[str, list[Decision]] = defaultdict(list)
    ids = [booking.id for booking in bookings]
    for decision in session.scalars(select(Decision).where(Decision.booking_id.in_(ids)).order_by(Decision.id)):
        about[decision.booking_id].append(decision)
    return about


def _more(after: Cursor, bookings: Sequence[Booking], made: Sequence[Decision], limit: int) -> Cursor | None:
    """A list that is at its end stays there while the other one continues."""
    if max(len(bookings), len(made)) <= limit:
        return None
    last_booking, last_made = bookings[:limit][-1:], made[:limit][-1:]
    return Cursor(
        last_booking[0].id if last_booking else after.booking_id, last_made[0].id if last_made else after.decision_id
    )
