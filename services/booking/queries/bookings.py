"""Bookings one by one and in lists, and the log of the decisions about them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.booking.domain.rules import LONGEST
from services.booking.models import Booking, Decision
from services.booking.schemas.questions import FindBookings, FindDecisions
from services.centre.opening import Centre
from services.chassis.context import Actor
from services.chassis.errors import Invalid


def booking(session: Session, booking_id: str) -> Booking | None:
    return session.get(Booking, booking_id)


def find_bookings(
    session: Session, find: FindBookings, *, actor: Actor, all_of_them: bool, centre: Centre
) -> Sequence[Booking]:
    """Newest first, one more than the limit when there are more. Without `all_of_them` only the actor's own."""
    chosen = select(Booking).order_by(Booking.id.desc()).limit(find.limit + 1)
    if not all_of_them or find.own:
        chosen = chosen.where(or_(Booking.requester_id == actor.id, Booking.group_id.in_(actor.orgs)))
    if find.cursor is not None:
        chosen = chosen.where(Booking.id < find.cursor)
    for name in ("status", "space_id", "group_id", "requester_id", "series_id"):
        if (value := getattr(find, name)) is not None:
            chosen = chosen.where(getattr(Booking, name) == value)
    if find.since is not None:
        since = centre.moment(find.since)
        chosen = chosen.where(Booking.ends_at > since, Booking.starts_at > since - LONGEST)
    if find.until is not None:
        chosen = chosen.where(Booking.starts_at < centre.moment(find.until))
    return session.scalars(chosen).all()


def decisions(session: Session, booking_id: str) -> Sequence[Decision]:
    """Of one booking, the first first."""
    return session.scalars(select(Decision).where(Decision.booking_id == booking_id).order_by(Decision.id)).all()


def find_decisions(session: Session, find: FindDecisions) -> Sequence[Decision]:
    """Newest first, one more than the limit when there are more. Raises Invalid for a cursor that is none."""
    chosen = select(Decision).order_by(Decision.id.desc()).limit(find.limit + 1)
    if find.cursor is not None:
        if not find.cursor.isascii() or not find.cursor.isdigit() or len(find.cursor) > 18:
            raise Invalid(errors={"cursor": ["Give the next_cursor of the page before."]})
        chosen = chosen.where(Decision.id < int(find.cursor))
    for name in ("booking_id", "actor_id", "action"):
        if (value := getattr(find, name)) is not None:
            chosen = chosen.where(getattr(Decision, name) == value)
    return session.scalars(chosen).all()
