"""The one list of rules that every booking passes: on application, change and approval, alone and in a series, by API,
RPC or event.

A gate is a pure function from an Application and the Situation that it finds to the refusals that it sees. All gates
are asked, all refusals returned. Source of each rule: DOMAIN, Booking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from services.booking.domain import refusals
from services.booking.domain.application import Application, Situation, month_of
from services.booking.domain.equipment import most_in_use
from services.booking.domain.rules import BookingRules
from services.chassis.errors import Refusal
from services.chassis.period import Period

Gate = Callable[[Application, Situation], Iterator[Refusal]]


def units(application: Application, _: Situation) -> Iterator[Refusal]:
    unit = application.rules.unit
    if any(not _in_units(period, unit) for period in application.periods):
        yield refusals.not_an_hour_unit(int(unit.total_seconds() // 60))


def _in_units(period: Period, unit: timedelta) -> bool:
    midnight = period.local_start.replace(hour=0, minute=0, second=0, microsecond=0)
    return not ((period.local_start - midnight) % unit or period.length % unit)


def hours(application: Application, _: Situation) -> Iterator[Refusal]:
    if not application.is_rental:
        return
    for period in application.periods:
        yield from closed_at(period, application.rules)


def closed_at(period: Period, rules: BookingRules) -> Iterator[Refusal]:
    for day in period.local_days():
        part = period.on_day(day)
        open_hours = rules.centre.open_hours(day)
        holiday = rules.centre.holiday(day)
        if holiday is not None:
            yield refusals.closed_on_holiday(day, holiday)
        elif open_hours is None:
            yield refusals.closed_on_weekday(day)
        elif part is not None and not (open_hours.start <= part.start and part.end <= open_hours.end):
            yield refusals.outside_hours(day, open_hours)


def window(application: Application, _: Situation) -> Iterator[Refusal]:
    """Of a series its first date must be in the window: the quota and the staff's decision bound the rest."""
    if not application.is_rental:
        return
    rules = application.rules
    today = application.applied_at.astimezone(rules.centre.zone).date()
    wanted = application.periods[0].local_start.date()
    earliest, latest = bookable(today, rules)
    if wanted < earliest:
        yield refusals.too_late(earliest, rules.window.days_before)
    if wanted > latest and not application.continues:
        yield refusals.too_early(latest, rules.window.months_ahead)


def bookable(today: date, rules: BookingRules) -> tuple[date, date]:
    """The first and the last day that can be applied for today; a month ahead of the 31st is the month's last day."""
    return today + timedelta(days=rules.window.days_before), today + relativedelta(months=rules.window.months_ahead)


def people(application: Application, _: Situation) -> Iterator[Refusal]:
    space, attendees = application.space, application.particulars.attendees
    if attendees > space.capacity:
        yield refusals.over_capacity(space, attendees)
    if attendees < application.rules.fewest_attendees:
        yield refusals.too_few_attendees(application.rules.fewest_attendees, attendees)


def purpose(application: Application, _: Situation) -> Iterator[Refusal]:
    if application.particulars.purpose in application.rules.forbidden_purposes:
        yield refusals.forbidden_purpose(application.particulars.purpose)


def ban(application: Application, situation: Situation) -> Iterator[Refusal]:
    until = situation.banned_until
    if application.is_rental and until is not None and until > application.applied_at:
        yield refusals.banned(until.astimezone(application.rules.centre.zone), application.rules.penalties)


def quota(application: Application, situation: Situation) -> Iterator[Refusal]:
    if not application.is_rental:
        return
    most = application.rules.monthly_quota
    for month, wanted in sorted(Counter(month_of(period) for period in application.periods).items()):
        used = situation.used.get(month, 0)
        if used + wanted > most:
            yield refusals.quota_exceeded(month, most, used)


def closures(application: Application, situation: Situation) -> Iterator[Refusal]:
    space = application.space
    for closure in situation.closures:
        if any(closure.touches(space.rooms, space.held(period)) for period in application.periods):
            yield refusals.closure(closure)


def overlap(application: Application, situation: Situation) -> Iterator[Refusal]:
    held = application.held
    clashing = situation.clashing | _in_each_other(held)
    if situation.taken or clashing:
        periods = [
            period
            for number, period in enumerate(application.periods)
            if number in clashing or any(held[number].overlaps(taken) for taken in situation.taken)
        ]
        yield refusals.slot_taken(application.space, situation.taken, periods)


def _in_each_other(held: Sequence[Period]) -> frozenset[int]:
    """Places of dates that cannot be had together: with their buffers they overlap the one before or after."""
    order = sorted(range(len(held)), key=lambda number: held[number].start)
    meeting = [pair for pair in pairwise(order) if held[pair[0]].overlaps(held[pair[1]])]
    return frozenset(number for pair in meeting for number in pair)


def equipment(application: Application, situation: Situation) -> Iterator[Refusal]:
    for equipment_id, wanted in sorted(application.particulars.equipment.items()):
        piece = application.rules.piece(equipment_id)
        uses = situation.uses.get(equipment_id, ())
        short = [
            (period, piece.quantity - most)
            for period in application.periods
            if (most := most_in_use(uses, period)) + wanted > piece.quantity
        ]
        if short:
            yield refusals.equipment_short(piece, wanted, min(free for _, free in short), [each for each, _ in short])


OF_ANY_SPACE: tuple[Gate, ...] = (units, hours, window, purpose, ban, quota, equipment)
"""They judge the same for all spaces: a search asks them once."""
OF_THE_SPACE: tuple[Gate, ...] = (people, closures, overlap)


def refused(application: Application, situation: Situation) -> list[Refusal]:
    return [refusal for gate in (*OF_ANY_SPACE, *OF_THE_SPACE) for refusal in gate(application, situation)]
