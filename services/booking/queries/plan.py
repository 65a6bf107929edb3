"""The centre's days as a whole: what holds which space, what is closed, and how full the lounge is. Four queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking.domain.gates import bookable
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking, Closure, WalkIn
from services.booking.queries import timeline
from services.booking.schemas.plan import ShowPlan
from services.chassis.period import Period


@dataclass(frozen=True)
class Plan:
    """held: by day and space, in order. inside: by space that needs no booking, today. window: the first and the last
    day that residents can apply for.
    """

    days: Sequence[date]
    held: Mapping[tuple[date, str], Sequence[Booking]]
    closures: Sequence[Closure]
    inside: Mapping[str, int]
    window: tuple[date, date]


def plan(session: Session, wanted: ShowPlan, *, rules: BookingRules, now: datetime) -> Plan:
    today = now.astimezone(rules.centre.zone).date()
    start, end = wanted.start or today, wanted.end or today + timedelta(days=1)
    days = [start + timedelta(days=number) for number in range((end - start).days)]
    period = rules.centre.period(start, end)
    held: dict[tuple[date, str], list[Booking]] = {}
    for booking, rooms in timeline.holding(session, period, rules=rules):
        time = rules.space(booking.space_id).held(Period(booking.starts_at, booking.ends_at, rules.centre.zone))
        for day in days:
            for space in rules.spaces.values():
                if time.on_day(day) and rooms.intersection(space.rooms):
                    held.setdefault((day, space.id), []).append(booking)
    return Plan(
        days=days,
        held=held,
        closures=_closures(session, period),
        inside=_inside(session, today),
        window=bookable(today, rules),
    )


def _closures(session: Session, period: Period) -> Sequence[Closure]:
    return session.scalars(
        select(Closure)
        .where(Closure.lifted_at.is_(None), Closure.starts_at < period.end, Closure.ends_at > period.start)
        .order_by(Closure.starts_at, Closure.id)
    ).all()


def _inside(session: Session, today: date) -> Mapping[str, int]:
    return {row.space_id: row.inside for row in session.scalars(select(WalkIn).where(WalkIn.day == today))}
