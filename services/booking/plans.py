"""What people plan by: the centre's days, and what a step would bring before it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from services.booking import views
from services.booking.domain import fees
from services.booking.domain.lifecycle import Action, Status, possible
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking
from services.booking.queries.closures import Touched
from services.booking.queries.plan import Plan
from services.booking.usecases.applying_again import period_of
from services.chassis.context import Actor


def plan(found: Plan, *, actor: Actor, locale: str, rules: BookingRules, now: datetime) -> dict[str, Any]:
    centre = rules.centre
    local = now.astimezone(centre.zone)
    return {
        "now": local,
        "zone": centre.zone.key,
        "centre": centre.names.get(locale, centre.names["en"]),
        "opens_next": centre.next_opening(local),
        "first_day": found.window[0],
        "last_day": found.window[1],
        "fewest_attendees": rules.fewest_attendees,
        "spaces": [views.space(each, locale) for each in rules.spaces.values()],
        "fill": [
            {"space_id": each.id, "inside": found.inside.get(each.id, 0), "capacity": each.capacity}
            for each in rules.spaces.values()
            if each.walk_in
        ],
        "closures": [views.closure(each, rules) for each in found.closures],
        "days": [_day(day, found, actor, locale, rules) for day in found.days],
    }


def _day(day: date, found: Plan, actor: Actor, locale: str, rules: BookingRules) -> dict[str, Any]:
    spaces = [
        {
            "space_id": space_id,
            "entries": [views.entry(each, actor, rules) for each in found.held.get((day, space_id), ())],
        }
        for space_id in rules.spaces
    ]
    return {**views.day(day, (), actor, locale, rules), "spaces": spaces}


def closure_preview(
    touches: Touched, first: Sequence[Booking], rules: BookingRules, series: views.Whole
) -> dict[str, Any]:
    return {
        "bookings": touches.bookings,
        "people": touches.people,
        "items": [views.booking(each, rules, series) for each in first],
    }


def booking_options(booking: Booking, rules: BookingRules, now: datetime) -> dict[str, Any]:
    status = Status(booking.status)
    cancellable = possible(status, Action.CANCEL) and now < booking.starts_at
    arriving = possible(status, Action.CHECK_IN) and now < booking.starts_at + rules.check_in.after
    zone = rules.centre.zone
    return {
        "refund": fees.refund(booking.fee, period_of(booking, rules), now, rules.refunds) if cancellable else None,
        "check_in_from": (booking.starts_at - rules.check_in.before).astimezone(zone) if arriving else None,
        "check_in_until": (booking.starts_at + rules.check_in.after).astimezone(zone) if arriving else None,
    }
