"""Reads: what is taken, the timeline, the search for a free space, lists. Each a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.booking.domain import gates, refusals
from services.booking.domain.lifecycle import Purpose
from services.booking.domain.space import BookingRules, Space
from services.booking.models import Booking, Decision, Hold
from services.booking.schemas import LONGEST, FindBookings, SearchAvailability, ShowTimeline
from services.chassis.context import Actor
from services.chassis.period import Period

# A hold that reaches into a period began at most so long before it: the index is read over this stretch only.
REACH = LONGEST + timedelta(days=2)


def taken(session: Session, space: Space, period: Period) -> list[Period]:
    """The holds on the space's rooms that a booking for `period` would overlap, in order."""
    return _distinct(_holds(session, space.rooms, space.held(period)), period.zone)


def search_availability(
    session: Session, search: SearchAvailability, *, rules: BookingRules, staff: bool, now: datetime
) -> list[dict[str, Any]]:
    """Every space, in the profile's order, with what speaks against booking it for this time; nothing: it is free."""
    period = Period(search.start, search.end, rules.centre.zone)
    widest = period.widened(_widest_buffer(rules), _widest_buffer(rules))
    holds = _holds(session, rules.rooms, widest)
    found = []
    for space in rules.spaces.values():
        against = gates.refused(_imagined(space, period, search.attendees, rules, staff, now))
        held = space.held(period)
        overlapping = [each for each in holds if each.room_id in space.rooms and _reaches(each, held)]
        if overlapping:
            against.append(refusals.slot_taken(space, _distinct(overlapping, period.zone)))
        found.append({"space": space, "available": not against, "refusals": against})
    return found


def timeline(session: Session, wanted: ShowTimeline, *, rules: BookingRules) -> list[tuple[date, list[Booking]]]:
    """For each day the live bookings that hold one of the space's rooms on it; one over midnight is on both days."""
    space, zone = rules.space(wanted.space_id), rules.centre.zone
    start = datetime.combine(wanted.start, datetime.min.time(), zone)
    end = datetime.combine(wanted.end, datetime.min.time(), zone)
    holding = select(Hold.booking_id).where(*_overlap(space.rooms, Period(start, end, zone)))
    bookings = session.scalars(
        select(Booking).where(Booking.id.in_(holding)).order_by(Booking.starts_at, Booking.id)
    ).all()
    days = [wanted.start + timedelta(days=number) for number in range((wanted.end - wanted.start).days)]
    return [
        (day, [each for each in bookings if Period(each.starts_at, each.ends_at, zone).on_day(day)]) for day in days
    ]


def on_day(session: Session, day: date, *, rules: BookingRules) -> dict[str, list[Booking]]:
    """For each space the live bookings that hold one of its rooms on this day, in order."""
    start = datetime.combine(day, datetime.min.time(), rules.centre.zone)
    whole_day = Period(start, start + timedelta(days=1), rules.centre.zone)
    found = session.execute(
        select(Booking, Hold.room_id)
        .join(Hold, Hold.booking_id == Booking.id)
        .where(*_overlap(rules.rooms, whole_day))
        .order_by(Booking.starts_at, Booking.id)
    ).all()
    return {
        space.id: list({booking.id: booking for booking, room in found if room in space.rooms}.values())
        for space in rules.spaces.values()
    }


def find_bookings(session: Session, find: FindBookings, *, actor: Actor, all_of_them: bool) -> Sequence[Booking]:
    """Newest first, one more than the limit when there are more. Without `all_of_them` only the actor's own."""
    chosen = select(Booking).order_by(Booking.id.desc()).limit(find.limit + 1)
    if not all_of_them:
        chosen = chosen.where(or_(Booking.requester_id == actor.id, Booking.group_id.in_(actor.orgs)))
    if find.cursor is not None:
        chosen = chosen.where(Booking.id < find.cursor)
    if find.status is not None:
        chosen = chosen.where(Booking.status == find.status)
    if find.space_id is not None:
        chosen = chosen.where(Booking.space_id == find.space_id)
    return session.scalars(chosen).all()


def booking(session: Session, booking_id: str) -> Booking | None:
    return session.get(Booking, booking_id)


def decisions(session: Session, booking_id: str) -> Sequence[Decision]:
    return session.scalars(select(Decision).where(Decision.booking_id == booking_id).order_by(Decision.id)).all()


def _holds(session: Session, rooms: Iterable[str], period: Period) -> Sequence[Hold]:
    return session.scalars(select(Hold).where(*_overlap(rooms, period)).order_by(Hold.starts_at)).all()


def _overlap(rooms: Iterable[str], period: Period) -> tuple[Any, ...]:
    return (
        Hold.room_id.in_(tuple(rooms)),
        Hold.starts_at < period.end,
        Hold.starts_at > period.start - REACH,
        Hold.ends_at > period.start,
    )


def _reaches(hold: Hold, period: Period) -> bool:
    return hold.starts_at < period.end and period.start < hold.ends_at


def _distinct(holds: Iterable[Hold], zone: Any) -> list[Period]:
    return sorted({Period(hold.starts_at, hold.ends_at, zone) for hold in holds}, key=lambda period: period.start)


def _widest_buffer(rules: BookingRules) -> timedelta:
    return max(space.buffer for space in rules.spaces.values())


def _imagined(
    space: Space, period: Period, attendees: int | None, rules: BookingRules, staff: bool, now: datetime
) -> gates.Application:
    """An application for the search, which has no purpose yet and may have no number of people."""
    people = rules.fewest_attendees if attendees is None else attendees
    return gates.Application(space, period, Purpose.COMMUNITY, people, now, staff, rules)
