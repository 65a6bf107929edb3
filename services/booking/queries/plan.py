"""The centre's days as a whole: held spaces, closures and people inside. Four queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking.contract import plan as contract
from services.booking.domain.gates import bookable
from services.booking.models import Booking, Closure, WalkIn
from services.booking.queries import timeline
from services.booking.queries.answers import BookingCall, closure_answer, day_answer, entry_answers, space_answer
from services.chassis.period import Period


def get_plan(call: BookingCall, request: contract.GetPlan) -> contract.Plan:
    rules, centre, locale = call.profile, call.profile.centre, call.context.locale
    now = call.now.astimezone(centre.zone)
    today = now.date()
    start, end = request.start or today, request.end or today + timedelta(days=1)
    days = [start + timedelta(days=number) for number in range((end - start).days)]
    period = centre.period(start, end)
    held = _held(call, days, period)
    inside = _inside(call.session, today)
    first_day, last_day = bookable(today, rules)
    return contract.Plan(
        now=now,
        zone=centre.zone.key,
        centre=centre.names.get(locale, centre.names["en"]),
        opens_next=centre.next_opening(now),
        first_day=first_day,
        last_day=last_day,
        fewest_attendees=rules.fewest_attendees,
        spaces=[space_answer(each, locale) for each in rules.spaces.values()],
        fill=[
            contract.Fill(space_id=each.id, inside=inside.get(each.id, 0), capacity=each.capacity)
            for each in rules.spaces.values()
            if each.walk_in
        ],
        closures=[closure_answer(call, each) for each in _closures(call.session, period)],
        days=[_day(call, day, held) for day in days],
    )


def _day(call: BookingCall, day: date, held: Mapping[tuple[date, str], Sequence[Booking]]) -> contract.PlannedDay:
    spaces = [
        contract.PlannedSpace(space_id=space_id, entries=entry_answers(call, held.get((day, space_id), ())))
        for space_id in call.profile.spaces
    ]
    return contract.PlannedDay.of(day_answer(call, day), call.profile.centre.zone, spaces=spaces)


def _held(call: BookingCall, days: Sequence[date], period: Period) -> Mapping[tuple[date, str], Sequence[Booking]]:
    """Return the bookings that hold a room, by day and space, in order."""
    rules = call.profile
    held: dict[tuple[date, str], list[Booking]] = {}
    for booking, rooms in timeline.holding(call.session, period, rules=rules):
        time = rules.space(booking.space_id).held(Period(booking.starts_at, booking.ends_at, rules.centre.zone))
        for day in days:
            for space in rules.spaces.values():
                if time.on_day(day) and rooms.intersection(space.rooms):
                    held.setdefault((day, space.id), []).append(booking)
    return held


def _closures(session: Session, period: Period) -> Sequence[Closure]:
    return session.scalars(
        select(Closure)
        .where(Closure.lifted_at.is_(None), Closure.starts_at < period.end, Closure.ends_at > period.start)
        .order_by(Closure.starts_at, Closure.id)
    ).all()


def _inside(session: Session, today: date) -> Mapping[str, int]:
    return {row.space_id: row.inside for row in session.scalars(select(WalkIn).where(WalkIn.day == today))}
