"""The series that bookings belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.booking.models import Booking, Series


@dataclass(frozen=True)
class WholeSeries:
    """number: how many bookings it has, whatever became of them."""

    series: Series
    number: int


def series_of(session: Session, bookings: Iterable[Booking]) -> Mapping[str, WholeSeries]:
    """By id. One query; none when no booking is of a series."""
    ids = {booking.series_id for booking in bookings if booking.series_id}
    if not ids:
        return {}
    number = select(func.count()).where(Booking.series_id == Series.id).scalar_subquery()
    found = session.execute(select(Series, number).where(Series.id.in_(ids)))
    return {series.id: WholeSeries(series, count) for series, count in found}
