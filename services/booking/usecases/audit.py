"""The audit log: one row for each decision, written in its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.booking.models import Booking, Decision
from services.chassis.context import Actor


def snapshot(booking: Booking) -> dict[str, Any]:
    return {
        "status": booking.status,
        "space_id": booking.space_id,
        "starts_at": booking.starts_at.isoformat(),
        "ends_at": booking.ends_at.isoformat(),
        "reason_code": booking.reason_code,
        "note": booking.note,
    }


def record(
    session: Session, booking: Booking, action: str, *, before: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    session.add(
        Decision(
            booking_id=booking.id,
            at=now,
            actor_id=actor.id,
            action=action,
            before=dict(before),
            after=snapshot(booking),
        )
    )
