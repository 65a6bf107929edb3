"""Use cases, called as the entrypoints call them, and requests as tests need them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking.contract.bookings import ChangedBooking, Exemption, Recurrence, RequestBooking
from services.booking.domain.application import Particulars
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking
from services.chassis.context import Actor, Context
from services.chassis.entrypoints import Call

R = TypeVar("R")
A = TypeVar("A")


def carry_out(
    session: Session,
    usecase: Callable[[Call[BookingRules], R], A],
    request: R,
    *,
    actor: Actor,
    rules: BookingRules,
    now: datetime,
) -> A:
    return usecase(Call(session, Context.begin(actor=actor), now, rules), request)


def rows_of(session: Session, answer: ChangedBooking) -> Sequence[Booking]:
    """The rows of the bookings that a command was about, by date."""
    ids = [each.id for each in answer.occurrences]
    rows = {row.id: row for row in session.scalars(select(Booking).where(Booking.id.in_(ids)))}
    return [rows[each] for each in ids]


def request_of(
    space: str,
    start: datetime,
    end: datetime,
    particulars: Particulars,
    group: str | None = None,
    rrule: str | None = None,
) -> RequestBooking:
    claim = particulars.exemption
    known: dict[str, Any] = {**vars(particulars)}
    known["exemption"] = Exemption(ground=claim.ground, evidence=claim.evidence) if claim else None
    recurrence = Recurrence(rrule=rrule) if rrule else None
    return RequestBooking(space_id=space, start=start, end=end, group_id=group, recurrence=recurrence, **known)
