"""Situation of an application, read under the locks that keep it unchanged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from services.booking.contract.period import LONGEST
from services.booking.domain.application import Application, Closure, Month, Situation, Use
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking, EquipmentUse, Penalty, Quota
from services.booking.models import Closure as ClosureRow
from services.booking.queries import occupancy
from services.chassis.period import Period
from services.chassis.tables import UtcDateTime


def _closed(since: Any, until: Any) -> Any:
    return (ClosureRow.lifted_at.is_(None), ClosureRow.starts_at < until, ClosureRow.ends_at > since)


_SINCE, _UNTIL = bindparam("since", type_=UtcDateTime), bindparam("until", type_=UtcDateTime)
_CLOSURES = select(ClosureRow).where(*_closed(_SINCE, _UNTIL)).order_by(ClosureRow.starts_at, ClosureRow.id)
_COUNTED = (
    select(func.count())
    .where(
        Booking.party_id == Quota.party_id,
        Booking.month == Quota.month,
        Booking.counts,
        Booking.id.not_in(bindparam("apart_from", expanding=True)),
    )
    .correlate(Quota)
    .scalar_subquery()
)
_BAN = (
    select(func.max(Penalty.ban_until))
    .where(Penalty.person_id == bindparam("person"), Penalty.imposed_at <= bindparam("at", type_=UtcDateTime))
    .scalar_subquery()
)
# A round trip costs more than what it asks: everything about the party in one. Closures are rare, so that their rows
# are asked for only where there are any.
_PARTY = select(Quota.month, _COUNTED, _BAN, exists(select(ClosureRow.id).where(*_closed(_SINCE, _UNTIL)))).where(
    Quota.party_id == bindparam("party"), Quota.month.in_(bindparam("months", expanding=True))
)


def situation_of(session: Session, application: Application, apart_from: Collection[str] = ()) -> Situation:
    """apart_from: bookings to ignore, since the application is about them."""
    held = application.held
    taken = occupancy.taken(session, application.space.rooms, held, apart_from=apart_from)
    everything = general(session, application, held, apart_from)
    return replace(everything, taken=tuple(sorted({each.period for each in taken}, key=lambda each: each.start)))


def general(
    session: Session, application: Application, periods: Sequence[Period], apart_from: Collection[str]
) -> Situation:
    """Return the situation without holds. It is the same for every space. periods: the requested ones."""
    pieces = uses(session, application.particulars.equipment, periods, apart_from)
    if not application.is_rental:
        return Situation(closures=closures(session, periods, application.rules), uses=pieces)
    # The rows of its own months are there: they are locked. A month without one has no bookings of the party.
    months = session.execute(_PARTY, _places(application, periods, apart_from)).all()
    closed = any(is_closed for *_, is_closed in months)
    return Situation(
        closures=closures(session, periods, application.rules) if closed else (),
        used={Month(month): count for month, count, *_ in months},
        uses=pieces,
        banned_until=months[0][2],
    )


def closures(session: Session, periods: Sequence[Period], rules: BookingRules) -> tuple[Closure, ...]:
    """Return the closures, not lifted, between the first and the last of the periods."""
    return tuple(_closure(row, rules.centre.zone) for row in session.scalars(_CLOSURES, _span(periods)))


def uses(
    session: Session, pieces: Collection[str], periods: Sequence[Period], apart_from: Collection[str] = ()
) -> dict[str, tuple[Use, ...]]:
    """Return the uses between the first and the last of the periods, by piece of equipment."""
    if not pieces:
        return {}
    rows = session.execute(
        select(EquipmentUse.equipment_id, EquipmentUse.quantity, EquipmentUse.starts_at, EquipmentUse.ends_at).where(
            EquipmentUse.equipment_id.in_(list(pieces)),
            EquipmentUse.starts_at < max(each.end for each in periods),
            EquipmentUse.starts_at > min(each.start for each in periods) - LONGEST,
            EquipmentUse.ends_at > min(each.start for each in periods),
            EquipmentUse.booking_id.not_in(list(apart_from)),
        )
    )
    by_piece: dict[str, list[Use]] = defaultdict(list)
    for row in rows:
        by_piece[row.equipment_id].append(Use(Period(row.starts_at, row.ends_at, periods[0].zone), row.quantity))
    return {piece: tuple(uses) for piece, uses in by_piece.items()}


def _places(application: Application, periods: Sequence[Period], apart_from: Collection[str]) -> dict[str, Any]:
    """For every month in which a booking within the periods could begin, and the ban as of the application: who is
    banned later may keep what they applied for before.
    """
    months = {f"{day:%Y-%m}" for period in periods for day in period.local_days()}
    return {
        **_span(periods),
        "party": application.applicant.party,
        "months": sorted(months),
        "apart_from": list(apart_from),
        "person": application.applicant.id,
        "at": application.applied_at,
    }


def _span(periods: Sequence[Period]) -> dict[str, datetime]:
    return {"since": min(each.start for each in periods), "until": max(each.end for each in periods)}


def _closure(row: ClosureRow, zone: ZoneInfo) -> Closure:
    return Closure(row.id, Period(row.starts_at, row.ends_at, zone), frozenset(row.rooms), row.reason)
