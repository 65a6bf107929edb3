"""What the statistics are made of: two queries, however many bookings there are. The database counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import BigInteger, Integer, and_, case, cast, column, extract, func, select, values
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from services.booking.domain.application import Month
from services.booking.domain.lifecycle import Field, Status
from services.booking.domain.rules import LONGEST, BookingRules
from services.booking.domain.statistics import Group, MonthPart, Row, Utilisation, month_parts, rows, utilisation
from services.booking.models import Booking, WalkIn
from services.booking.schemas.statistics import FindStatistics
from services.centre.opening import Centre
from services.chassis.tables import UtcDateTime


@dataclass(frozen=True)
class Statistics:
    """walk_ins: by month and space, how many people came."""

    rows: list[Row]
    utilisation: list[Utilisation]
    walk_ins: Mapping[tuple[Month, str], int]


def find_statistics(session: Session, find: FindStatistics, rules: BookingRules) -> Statistics:
    parts = month_parts(find.start, find.end)
    counted = groups(session, parts, rules.centre)
    return Statistics(
        rows=rows(counted),
        utilisation=utilisation(counted, parts, rules.spaces, rules.centre),
        walk_ins=walk_ins(session, find.start, find.end),
    )


def groups(session: Session, parts: Sequence[MonthPart], centre: Centre) -> list[Group]:
    """By part, space, field and status. A booking that begins before the first part has its time alone in it."""
    columns = column("number", Integer), column("since", UtcDateTime()), column("until", UtcDateTime())
    given = [(number, centre.moment(each.since), centre.moment(each.until)) for number, each in enumerate(parts)]
    months = values(*columns, name="months").data(given).cte("months")
    part = months.c
    begins = Booking.starts_at >= part.since
    found = session.execute(
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
        for number, space_id, field, status, begun, people, seconds in found
    ]


def walk_ins(session: Session, start: date, end: date) -> Counter[tuple[Month, str]]:
    """How many people came by, by month and space."""
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
