"""What a booking costs, and what of it is given back. Whole won. Rules: DOMAIN, Booking (fees, refund)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.booking.domain.application import Application
from services.booking.domain.rules import RefundStep
from services.chassis.period import Period

FREE = timedelta(0)


@dataclass(frozen=True)
class Charge:
    """fee: what is owed after the allowance and the exemption. allowance: how much of the tenant's was used."""

    fee: int
    allowance: timedelta = FREE


def charges(application: Application, left: Sequence[timedelta]) -> list[Charge]:
    """One for each period. left: what is left of the party's allowance in the month of each period, before all.

    Periods of one month use up that month's allowance in their order.
    """
    used: dict[str, timedelta] = {}
    made = []
    for period, before in zip(application.periods, left, strict=True):
        month = f"{period.local_start:%Y-%m}"
        charge = _charge(application, period, before - used.get(month, FREE))
        used[month] = used.get(month, FREE) + charge.allowance
        made.append(charge)
    return made


def _charge(application: Application, period: Period, allowance_left: timedelta) -> Charge:
    if not application.is_rental:
        return Charge(0)
    allowance = max(FREE, min(period.length, allowance_left))
    minutes = (period.length - allowance) // timedelta(minutes=1)
    fee = _rounded(application.space.fee_per_hour * minutes, 60)
    claim = application.particulars.exemption
    waived = application.rules.exemption(claim.ground).percent if claim else 0
    return Charge(_rounded(fee * (100 - waived), 100), allowance)


def refund(fee: int, period: Period, cancelled_at: datetime, steps: Sequence[RefundStep]) -> int:
    """By whole days between the day of the cancellation and the booking's, in the centre's zone."""
    days = days_before(period, cancelled_at)
    percent = next((step.percent for step in steps if days >= step.days_before), 0)
    return _rounded(fee * percent, 100)


def days_before(period: Period, moment: datetime) -> int:
    return (period.local_start.date() - moment.astimezone(period.zone).date()).days


def in_time(period: Period, cancelled_at: datetime, steps: Sequence[RefundStep]) -> bool:
    """A cancellation that still brings some of the fee back came in time: it frees the month's place and allowance."""
    return any(days_before(period, cancelled_at) >= step.days_before for step in steps if step.percent)


def _rounded(numerator: int, denominator: int) -> int:
    """Half up, as people round money."""
    return (2 * numerator + denominator) // (2 * denominator)
