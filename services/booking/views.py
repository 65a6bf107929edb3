"""What callers are shown of a booking: times in the centre's zone, names in the caller's language, and no more than is
theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from services.booking.domain.lifecycle import Purpose, RejectReason, Status
from services.booking.domain.space import BookingRules, Space
from services.booking.models import Booking
from services.booking.usecases import access
from services.chassis.context import Actor
from services.chassis.errors import Refusal
from services.chassis.i18n import translate
from services.chassis.period import Period


def booking(of: Booking, rules: BookingRules) -> dict[str, Any]:
    zone = rules.centre.zone
    return {
        "id": of.id,
        "space_id": of.space_id,
        "status": Status(of.status),
        "title": of.title,
        "purpose": Purpose(of.purpose),
        "attendees": of.attendees,
        "start": of.starts_at.astimezone(zone),
        "end": of.ends_at.astimezone(zone),
        "requester": {"id": of.requester_id, "name": of.requester_name},
        "group_id": of.group_id,
        "requested_at": of.requested_at.astimezone(zone),
        "decided_at": of.decided_at.astimezone(zone) if of.decided_at else None,
        "reason_code": RejectReason(of.reason_code) if of.reason_code else None,
        "note": of.note,
        "version": of.version,
    }


def page(found: Sequence[Booking], limit: int, rules: BookingRules) -> dict[str, Any]:
    shown = found[:limit]
    return {
        "items": [booking(each, rules) for each in shown],
        "next_cursor": shown[-1].id if len(found) > limit else None,
    }


def space(of: Space, locale: str) -> dict[str, Any]:
    return {
        "id": of.id,
        "name": of.names.get(locale, of.names["en"]),
        "names": of.names,
        "capacity": of.capacity,
        "rooms": list(of.rooms),
        "buffer_minutes": int(of.buffer.total_seconds() // 60),
        "walk_in": of.walk_in,
    }


def availability(found: Sequence[dict[str, Any]], locale: str) -> dict[str, Any]:
    return {
        "items": [
            {
                "space": space(each["space"], locale),
                "available": each["available"],
                "refusals": [_refusal(refusal, locale) for refusal in each["refusals"]],
            }
            for each in found
        ]
    }


def timeline(
    space_id: str, days: Sequence[tuple[date, Sequence[Booking]]], *, actor: Actor, locale: str, rules: BookingRules
) -> dict[str, Any]:
    return {
        "space_id": space_id,
        "zone": rules.centre.zone.key,
        "days": [_day(day, bookings, actor, locale, rules) for day, bookings in days],
    }


def today(
    now: datetime, by_space: Mapping[str, Sequence[Booking]], *, actor: Actor, locale: str, rules: BookingRules
) -> dict[str, Any]:
    centre = rules.centre
    local = now.astimezone(centre.zone)
    day = _day(local.date(), (), actor, locale, rules)
    return {
        **day,
        "now": local,
        "zone": centre.zone.key,
        "centre": centre.names.get(locale, centre.names["en"]),
        "opens_next": centre.next_opening(local),
        "spaces": [
            {
                "space": space(rules.space(space_id), locale),
                "entries": [_entry(each, actor, rules) for each in bookings],
            }
            for space_id, bookings in by_space.items()
        ],
    }


def _day(day: date, bookings: Sequence[Booking], actor: Actor, locale: str, rules: BookingRules) -> dict[str, Any]:
    open_hours = rules.centre.open_hours(day)
    holiday = rules.centre.holiday(day)
    return {
        "date": day,
        "opens": open_hours.local_start if open_hours else None,
        "closes": open_hours.local_end if open_hours else None,
        "holiday": holiday.get(locale, holiday["en"]) if holiday else None,
        "entries": [_entry(each, actor, rules) for each in bookings],
    }


def _entry(of: Booking, actor: Actor, rules: BookingRules) -> dict[str, Any]:
    zone = rules.centre.zone
    held = rules.space(of.space_id).held(Period(of.starts_at, of.ends_at, zone))
    own = access.is_staff(actor) or (not actor.is_anonymous and of.requester_id == actor.id)
    return {
        "space_id": of.space_id,
        "status": Status(of.status),
        "start": of.starts_at.astimezone(zone),
        "end": of.ends_at.astimezone(zone),
        "held_from": held.local_start,
        "held_until": held.local_end,
        "booking_id": of.id if own else None,
        "title": of.title if own else None,
    }


def _refusal(refusal: Refusal, locale: str) -> dict[str, Any]:
    message = translate("services.booking", locale, refusal.message, refusal.details)
    return {"code": refusal.code, "message": message, "details": refusal.details}
