"""What an application costs, with what is left of the tenant's allowance."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.booking.domain.application import Application, month_of
from services.booking.domain.fees import FREE, Charge, charges
from services.booking.models import Booking, TenantAllowance


def charge(session: Session, application: Application, *, apart_from: Collection[str] = ()) -> list[Charge]:
    """One charge for each period. Read under the lock on the party's months."""
    rules, space = application.rules, application.space
    if not application.is_rental or application.applicant.group_id is None or space.id not in rules.allowance.spaces:
        return charges(application, [FREE] * len(application.periods))
    tenancies = _tenancies(session, application.applicant.group_id)
    used = _used(session, application, apart_from)
    left = []
    for period in application.periods:
        granted = rules.allowance.monthly if _is_tenant(tenancies, period.local_start.date()) else FREE
        left.append(max(FREE, granted - used.get(month_of(period), FREE)))
    return charges(application, left)


def _tenancies(session: Session, organisation_id: str) -> list[tuple[date, date | None]]:
    rows = session.execute(
        select(TenantAllowance.from_day, TenantAllowance.until_day).where(
            TenantAllowance.organisation_id == organisation_id
        )
    )
    return [(row.from_day, row.until_day) for row in rows]


def _is_tenant(tenancies: list[tuple[date, date | None]], day: date) -> bool:
    return any(since <= day and (until is None or day < until) for since, until in tenancies)


def _used(session: Session, application: Application, apart_from: Collection[str]) -> dict[str, timedelta]:
    rows = session.execute(
        select(Booking.month, func.sum(Booking.allowance_minutes))
        .where(
            Booking.party_id == application.applicant.party,
            Booking.month.in_(application.months),
            Booking.counts,
            Booking.id.not_in(list(apart_from)),
        )
        .group_by(Booking.month)
    )
    return {month: timedelta(minutes=minutes) for month, minutes in rows}
