"""The audit log: one row for each decision about a booking, written in its transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from services.booking.contract.vocabulary import Action
from services.booking.models import Booking, Decision
from services.chassis.context import Actor

Snapshot = Mapping[str, Any]

_INSERT = insert(Decision.__table__)  # type: ignore[arg-type]


def snapshot(booking: Booking) -> Snapshot:
    return {
        "status": booking.status,
        "space_id": booking.space_id,
        "starts_at": booking.starts_at.isoformat(),
        "ends_at": booking.ends_at.isoformat(),
        "title": booking.title,
        "purpose": booking.purpose,
        "attendees": booking.attendees,
        "equipment": booking.equipment,
        "fee": booking.fee,
        "refund": booking.refund,
        "reason_code": booking.reason_code,
        "note": booking.note,
        "closure_id": booking.closure_id,
    }


def record(
    session: Session,
    bookings: Sequence[Booking],
    action: Action,
    *,
    before: Sequence[Snapshot],
    actor: Actor,
    now: datetime,
) -> None:
    """before: snapshots of the bookings before the decision; empty for new ones."""
    rows = [
        {
            "booking_id": booking.id,
            "at": now,
            "actor_id": actor.id,
            "action": action,
            "before": dict(was),
            "after": dict(snapshot(booking)),
        }
        for booking, was in zip(bookings, before or [{}] * len(bookings), strict=True)
    ]
    session.execute(_INSERT, rows)
