"""Every refusal of booking, one function each: its stable code, its words, its details. Codes: CONTRACTS, Refusal
codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from services.booking.domain.application import Closure, Month
from services.booking.domain.rules import Equipment, Penalties
from services.booking.domain.space import Space
from services.chassis.errors import Refusal
from services.chassis.i18n import msgid as _
from services.chassis.period import Period


def slot_taken(space: Space, taken: Sequence[Period], clashing: Sequence[Period]) -> Refusal:
    """clashing: those of the wanted periods that something taken overlaps, with buffers."""
    return Refusal(
        "slot_taken",
        _("Somebody else has applied for this time already."),
        {
            "space_id": space.id,
            "taken": [_told(period) for period in taken],
            "dates": [period.local_start.date().isoformat() for period in clashing],
        },
    )


def outside_hours(day: date, open_hours: Period) -> Refusal:
    return Refusal(
        "outside_hours",
        _("On %(date)s the centre is open from %(opens)s to %(closes)s."),
        {
            "date": day.isoformat(),
            "opens": f"{open_hours.local_start:%H:%M}",
            "closes": f"{open_hours.local_end:%H:%M}",
        },
    )


def closed_on_weekday(day: date) -> Refusal:
    return Refusal(
        "centre_closed",
        _("The centre is closed on this day of the week (%(date)s)."),
        {"date": day.isoformat(), "reason": "weekday"},
    )


def closed_on_holiday(day: date, names: Mapping[str, str]) -> Refusal:
    return Refusal(
        "centre_closed",
        _("The centre is closed on public holidays (%(date)s: %(holiday_names)s)."),
        {"date": day.isoformat(), "reason": "holiday", "holiday": names["ko"], "holiday_names": dict(names)},
    )


def too_late(earliest: date, days: int) -> Refusal:
    return Refusal(
        "too_late",
        _("Apply at least %(days)d days before, so that the centre can prepare. From today that is %(earliest)s."),
        {"days": days, "earliest": earliest.isoformat()},
    )


def too_early(latest: date, months: int) -> Refusal:
    return Refusal(
        "too_early",
        _("You can apply up to %(months)d month ahead, so that everybody has a chance. From today that is %(latest)s."),
        {"months": months, "latest": latest.isoformat()},
    )


def not_an_hour_unit(minutes: int) -> Refusal:
    return Refusal(
        "not_an_hour_unit", _("Spaces are booked in steps of %(minutes)d minutes, on the hour."), {"minutes": minutes}
    )


def over_capacity(space: Space, attendees: int) -> Refusal:
    return Refusal(
        "over_capacity",
        _("%(capacity)d people fit in, not %(attendees)d."),
        {"space_id": space.id, "capacity": space.capacity, "attendees": attendees},
    )


def too_few_attendees(fewest: int, attendees: int) -> Refusal:
    return Refusal(
        "too_few_attendees",
        _("Spaces are for groups of at least %(fewest)d people."),
        {"fewest": fewest, "attendees": attendees},
    )


def forbidden_purpose(purpose: str) -> Refusal:
    return Refusal(
        "forbidden_purpose",
        _("The centre is not open to political or religious events or to commercial gain."),
        {"purpose": purpose},
    )


def banned(until: datetime, penalties: Penalties) -> Refusal:
    return Refusal(
        "banned",
        _("After %(points)d bookings to which nobody came, you can apply again from %(until)s."),
        {"points": penalties.points, "until": f"{until:%Y-%m-%d %H:%M}"},
    )


def quota_exceeded(month: Month, most: int, used: int) -> Refusal:
    return Refusal(
        "quota_exceeded",
        _("At most %(most)d bookings a month, so that there is room for all groups. In %(month)s there are %(used)d."),
        {"month": month, "most": most, "used": used},
    )


def closure(found: Closure) -> Refusal:
    return Refusal(
        "closure",
        _("The centre is closed from %(start)s to %(end)s: %(reason)s"),
        {
            "closure_id": found.id,
            "start": f"{found.period.local_start:%Y-%m-%d %H:%M}",
            "end": f"{found.period.local_end:%Y-%m-%d %H:%M}",
            "reason": found.reason,
        },
    )


def equipment_short(piece: Equipment, wanted: int, free: int, short: Sequence[Period]) -> Refusal:
    """short: those of the wanted periods for which not enough is left."""
    return Refusal(
        "equipment_short",
        _("Of %(names)s only %(free)d can be had at this time, not %(wanted)d."),
        {
            "equipment_id": piece.id,
            "names": dict(piece.names),
            "quantity": piece.quantity,
            "free": free,
            "wanted": wanted,
            "dates": [period.local_start.date().isoformat() for period in short],
        },
    )


def walk_in_full(space: Space, inside: int) -> Refusal:
    return Refusal(
        "walk_in_full",
        _("There is room for %(capacity)d people here, and %(inside)d are inside."),
        {"space_id": space.id, "reason": "capacity", "capacity": space.capacity, "inside": inside},
    )


def walk_in_held(space: Space, held: Period) -> Refusal:
    return Refusal(
        "walk_in_full",
        _("There is an event here until %(until)s."),
        {"space_id": space.id, "reason": "held", "until": f"{held.local_end:%H:%M}"},
    )


def _told(period: Period) -> dict[str, str]:
    return {"start": period.local_start.isoformat(), "end": period.local_end.isoformat()}
