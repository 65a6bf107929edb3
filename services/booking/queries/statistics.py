"""Statistics: two queries, however many bookings there are. The database counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from sqlalchemy import BigInteger, Integer, and_, case, cast, column, extract, func, select, values
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from services.booking.contract import decisions as contract
from services.booking.contract.period import LONGEST
from services.booking.contract.vocabulary import Status
from services.booking.domain.application import Month
from services.booking.domain.statistics import Group, MonthPart, Row, Utilisation, month_parts, rows, utilisation
from services.booking.models import Booking, WalkIn
from services.booking.queries.answers import BookingCall
from services.centre.opening import Centre
from services.centre.vocabulary import Field
from services.chassis import roles
from services.chassis.tables import UtcDateTime

HOUR = timedelta(hours=1)


def get_statistics(call: BookingCall, request: contract.GetStatistics) -> contract.Statistics:
    """Raises Forbidden."""
    roles.require_reader(call.actor)
    rules = call.profile
    parts = month_parts(request.start, request.end)
    counted = groups(call.session, parts, rules.centre)
    came = walk_ins(call.session, request.start, request.end)
    return contract.Statistics(
        start=request.start,
        end=request.end,
        zone=rules.centre.zone.key,
        rows=[_space_month(each) for each in rows(counted)],
        utilisation=[_utilisation(each) for each in utilisation(counted, parts, rules.spaces, rules.centre)],
        walk_ins=[
            contract.WalkInMonth(space_id=space_id, month=month, came=number)
            for (month, space_id), number in sorted(came.items())
        ],
    )


def _space_month(row: Row) -> contract.SpaceMonth:
    return contract.SpaceMonth(
        space_id=row.space_id,
        month=row.month,
        field=row.field,
        bookings=row.bookings,
        attendees=row.attendees,
        hours=row.time / HOUR,
        pending=row.begun.get(Status.PENDING, 0),
        cancelled=row.begun.get(Status.CANCELLED, 0),
        rejected=row.begun.get(Status.REJECTED, 0),
        expired=row.begun.get(Status.EXPIRED, 0),
        no_shows=row.begun.get(Status.NO_SHOW, 0),
    )


def _utilisation(row: Utilisation) -> contract.Utilisation:
    return contract.Utilisation(
        space_id=row.space_id,
        month=row.month,
        hours=row.time / HOUR,
        open_hours=row.open_time / HOUR,
        utilisation=None if row.ratio is None else _rounded(row.ratio),
    )


def _rounded(ratio: Fraction) -> float:
    exact = Decimal(ratio.numerator) / Decimal(ratio.denominator)
    return float(exact.quantize(Decimal("0.0001"), ROUND_HALF_UP))


def groups(session: Session, parts: Sequence[MonthPart], centre: Centre) -> list[Group]:
    """Count by part, space, field and status. Of a booking that begins before the first part, only its time counts."""
    columns = column("number", Integer), column("since", UtcDateTime()), column("until", UtcDateTime())
    given = [(number, centre.moment(each.since), centre.moment(each.until)) for number, each in enumerate(parts)]
    months = values(*columns, name="months").data(given).cte("months")
    part = months.c
    begins = Booking.starts_at >= part.since
    counts = session.execute(
        select(
            part.number,
            Booking.space_id,
            Booking.field,
            Booking.status,
            func.sum(case((begins, 1), else_=0)),
            func.sum(case((begins, Booking.attendees), else_=0)),
            func.sum(_seconds_within(part.since, part.until)),
        )
        .join(months, and_(Booking.starts_at < part.until, Booking.ends_at > part.since))
        .where(Booking.starts_at < given[-1][2], Booking.starts_at > given[0][1] - LONGEST)
        .group_by(part.number, Booking.space_id, Booking.field, Booking.status)
    )
    return [
        Group(
            parts[number], space_id, Field(field), Status(status), int(begun), int(people), timedelta(0, int(seconds))
        )
        for number, space_id, field, status, begun, people, seconds in counts
    ]


def walk_ins(session: Session, start: date, end: date) -> Counter[tuple[Month, str]]:
    """Count the people who came without a booking, by month and space."""
    came: Counter[tuple[Month, str]] = Counter()
    days = select(WalkIn.space_id, WalkIn.day, WalkIn.came).where(
        WalkIn.day >= start, WalkIn.day < end, WalkIn.came > 0
    )
    for space_id, day, number in session.execute(days):
        came[Month(f"{day:%Y-%m}"), space_id] += number
    return came


def _seconds_within(since: ColumnElement[object], until: ColumnElement[object]) -> ColumnElement[int]:
    start = case((Booking.starts_at > since, Booking.starts_at), else_=since)
    end = case((Booking.ends_at < until, Booking.ends_at), else_=until)
    return _epoch(end) - _epoch(start)


def _epoch(moment: ColumnElement[object]) -> ColumnElement[int]:
    return cast(extract("epoch", moment), BigInteger)
