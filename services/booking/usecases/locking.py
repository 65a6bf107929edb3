"""The locks of booking. Always in this order: the booking, then its rooms by id. So no two commands wait for each
other.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking.models import Booking, Room
from services.chassis.errors import NotFound


def lock_rooms(session: Session, rooms: Sequence[str]) -> None:
    """From here to the end of the transaction nobody else decides about these rooms. (SQLite has one writer anyway.)"""
    session.execute(select(Room.id).where(Room.id.in_(rooms)).order_by(Room.id).with_for_update()).all()


def lock_booking(session: Session, booking_id: str) -> Booking:
    """Raises NotFound."""
    booking = session.execute(select(Booking).where(Booking.id == booking_id).with_for_update()).scalar_one_or_none()
    if booking is None:
        raise NotFound("There is no such booking.")
    return booking
