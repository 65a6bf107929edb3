"""The one list of rules that every booking passes: on application, on approval, by API, RPC or event.

A gate is a pure function from an Application to the refusals that it finds. All gates are asked, all refusals returned.
Source of each rule: DOMAIN, Booking. Overlap is no gate: it can only be decided under the rooms' locks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from services.booking.domain import refusals
from services.booking.domain.lifecycle import Purpose
from services.booking.domain.space import BookingRules, Space
from services.chassis.errors import Refusal, Refused
from services.chassis.period import Period


@dataclass(frozen=True)
class Application:
    """What the gates judge. applied_at: when it was applied for, which decides the window even when it is judged later.

    by_staff: staff may go beyond hours and window.
    """

    space: Space
    period: Period
    purpose: Purpose
    attendees: int
    applied_at: datetime
    by_staff: bool
    rules: BookingRules


def units(application: Application) -> Iterator[Refusal]:
    unit, period = application.rules.unit, application.period
    midnight = period.local_start.replace(hour=0, minute=0, second=0, microsecond=0)
    if (period.local_start - midnight) % unit or period.length % unit:
        yield refusals.not_an_hour_unit(int(unit.total_seconds() // 60))


def hours(application: Application) -> Iterator[Refusal]:
    if application.by_staff:
        return
    centre = application.rules.centre
    for day in application.period.local_days():
        part = application.period.on_day(day)
        open_hours = centre.open_hours(day)
        holiday = centre.holiday(day)
        if holiday is not None:
            yield refusals.closed_on_holiday(day, holiday)
        elif open_hours is None:
            yield refusals.closed_on_weekday(day)
        elif part is not None and not (open_hours.start <= part.start and part.end <= open_hours.end):
            yield refusals.outside_hours(day, open_hours)


def window(application: Application) -> Iterator[Refusal]:
    if application.by_staff:
        return
    rules = application.rules
    today = application.applied_at.astimezone(rules.centre.zone).date()
    wanted = application.period.local_start.date()
    earliest, latest = bookable(today, rules)
    if wanted < earliest:
        yield refusals.too_late(earliest, rules.days_before)
    if wanted > latest:
        yield refusals.too_early(latest, rules.months_ahead)


def bookable(today: date, rules: BookingRules) -> tuple[date, date]:
    """The first and the last day that can be applied for today; a month ahead of the 31st is the month's last day."""
    return today + timedelta(days=rules.days_before), today + relativedelta(months=rules.months_ahead)


def people(application: Application) -> Iterator[Refusal]:
    space, attendees = application.space, application.attendees
    if attendees > space.capacity:
        yield refusals.over_capacity(space, attendees)
    if attendees < application.rules.fewest_attendees:
        yield refusals.too_few_attendees(application.rules.fewest_attendees, attendees)


def purpose(application: Application) -> Iterator[Refusal]:
    if application.purpose in application.rules.forbidden_purposes:
        yield refusals.forbidden_purpose(application.purpose)


GATES = (units, hours, window, people, purpose)


def refused(application: Application) -> list[Refusal]:
    return [refusal for gate in GATES for refusal in gate(application)]


def pass_all(application: Application) -> None:
    """Raises Refused with every refusal that was found."""
    if found := refused(application):
        raise Refused(found)
