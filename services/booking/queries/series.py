"""Series of bookings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.booking.contract import bookings as contract
from services.booking.domain.recurrence import Recurrence
from services.booking.models import Booking, Series


def rule_of(recurrence: contract.Recurrence | None) -> Recurrence | None:
    """Return the rule of a request."""
    return Recurrence(recurrence.rrule, tuple(recurrence.exdates)) if recurrence is not None else None


@dataclass(frozen=True)
class WholeSeries:
    """number: of its bookings in any state."""

    series: Series
    number: int


def series_of(session: Session, bookings: Iterable[Booking]) -> Mapping[str, WholeSeries]:
    """Return the series of the bookings by id. One query, and none if no booking belongs to a series."""
    ids = {booking.series_id for booking in bookings if booking.series_id}
    if not ids:
        return {}
    number = select(func.count()).where(Booking.series_id == Series.id).scalar_subquery()
    rows = session.execute(select(Series, number).where(Series.id.in_(ids)))
    return {series.id: WholeSeries(series, count) for series, count in rows}
