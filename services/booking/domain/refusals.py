"""Every refusal of booking, one function each: its stable code, its words, its details. Codes: CONTRACTS, Refusal
codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from services.booking.domain.space import Space
from services.chassis.errors import Refusal
from services.chassis.i18n import msgid as _
from services.chassis.period import Period


def slot_taken(space: Space, taken: Sequence[Period]) -> Refusal:
    return Refusal(
        "slot_taken",
        _("Somebody else has applied for this time already."),
        {"space_id": space.id, "taken": [_told(period) for period in taken]},
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
        _("The centre is closed on public holidays (%(date)s: %(holiday)s)."),
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


def _told(period: Period) -> dict[str, str]:
    return {"start": period.local_start.isoformat(), "end": period.local_end.isoformat()}
