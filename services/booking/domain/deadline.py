"""How long staff have to decide. Rule: DOMAIN, Booking (2 business days, with a warning a day before)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.booking.domain.rules import BookingRules
from services.chassis.period import Period


@dataclass(frozen=True)
class Deadline:
    warn_at: datetime
    decide_by: datetime


def deadline(applied_at: datetime, first: Period, rules: BookingRules) -> Deadline:
    """At the time of day of the application, so many business days later; never after the booking has begun."""
    local = applied_at.astimezone(rules.centre.zone)

    def after(business_days: int) -> datetime:
        day = rules.centre.business_days_after(local.date(), business_days)
        return min(datetime.combine(day, local.timetz()), first.start)

    return Deadline(warn_at=after(rules.decision_days - 1), decide_by=after(rules.decision_days))
