"""What a booking has: its rooms, with their buffers, and its equipment."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import bindparam, delete, insert
from sqlalchemy.orm import Session

from services.booking.domain.rules import BookingRules
from services.booking.models import Booking, EquipmentUse, Hold
from services.chassis.period import Period

_RELEASE = tuple(
    delete(table).where(table.booking_id.in_(bindparam("ids", expanding=True))) for table in (Hold, EquipmentUse)
)


def take(session: Session, bookings: Iterable[Booking], rules: BookingRules) -> None:
    session.flush()  # holds refer to their bookings
    holds: list[dict[str, Any]] = []
    uses: list[dict[str, Any]] = []
    for booking in bookings:
        space = rules.space(booking.space_id)
        held = space.held(Period(booking.starts_at, booking.ends_at, rules.centre.zone))
        own = {"booking_id": booking.id}
        holds += [{**own, "room_id": room, "starts_at": held.start, "ends_at": held.end} for room in space.rooms]
        uses += [
            {
                **own,
                "equipment_id": piece,
                "quantity": quantity,
                "starts_at": booking.starts_at,
                "ends_at": booking.ends_at,
            }
            for piece, quantity in booking.equipment.items()
        ]
    session.execute(insert(Hold.__table__), holds)  # type: ignore[arg-type]
    if uses:
        session.execute(insert(EquipmentUse.__table__), uses)  # type: ignore[arg-type]


def release(session: Session, booking_ids: Collection[str]) -> None:
    for statement in _RELEASE:
        session.execute(statement, {"ids": list(booking_ids)})
