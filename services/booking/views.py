"""What callers are shown of a booking: times in the centre's zone, names in the caller's language, and no more than is
theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from services.booking.domain.lifecycle import Field, Kind, Purpose, RejectReason, Status
from services.booking.domain.rules import BookingRules, Equipment
from services.booking.domain.space import Space
from services.booking.models import Booking, Closure, Decision, WalkIn
from services.booking.queries.availability import Found
from services.booking.queries.closures import Touched
from services.booking.queries.series import WholeSeries
from services.booking.usecases import access
from services.chassis import paging, roles
from services.chassis.context import Actor
from services.chassis.errors import Refusal
from services.chassis.fields import DayOrMoment
from services.chassis.i18n import translate
from services.chassis.period import Period

Whole = Mapping[str, WholeSeries]
"""By id, the series that the shown bookings belong to."""


def booking(of: Booking, rules: BookingRules, series: Whole) -> dict[str, Any]:
    zone = rules.centre.zone
    exemption = {"ground": of.exemption_ground, "evidence": of.exemption_evidence or ""}
    return {
        "id": of.id,
        "space_id": of.space_id,
        "status": Status(of.status),
        "kind": Kind(of.kind),
        "title": of.title,
        "purpose": Purpose(of.purpose),
        "field": Field(of.field),
        "attendees": of.attendees,
        "equipment": of.equipment,
        "start": of.starts_at.astimezone(zone),
        "end": of.ends_at.astimezone(zone),
        "requester": {"id": of.requester_id, "name": of.requester_name},
        "group_id": of.group_id,
        "series_id": of.series_id,
        "recurrence": recurrence(series[of.series_id], rules) if of.series_id else None,
        "fee": of.fee,
        "refund": of.refund,
        "allowance_minutes": of.allowance_minutes,
        "exemption": exemption if of.exemption_ground else None,
        "closure_id": of.closure_id,
        "requested_at": of.requested_at.astimezone(zone),
        "changed_at": of.changed_at.astimezone(zone),
        "decide_by": of.decide_by.astimezone(zone) if of.decide_by else None,
        "decided_at": of.decided_at.astimezone(zone) if of.decided_at else None,
        "reason_code": RejectReason(of.reason_code) if of.reason_code else None,
        "note": of.note,
        "version": of.version,
    }


def recurrence(of: WholeSeries, rules: BookingRules) -> dict[str, Any]:
    given = [DayOrMoment().deserialize(each) for each in of.series.exdates]
    return {"rrule": of.series.rrule, "exdates": [_local(each, rules) for each in given], "number": of.number}


def answer(bookings: Sequence[Booking], booking_id: str, rules: BookingRules, series: Whole) -> dict[str, Any]:
    """The booking that a command meant, or the first one that it was about, and all of them."""
    meant = next((each for each in bookings if each.id == booking_id), bookings[0])
    zone = rules.centre.zone
    return {
        **booking(meant, rules, series),
        "occurrences": [
            {
                "id": each.id,
                "status": Status(each.status),
                "start": each.starts_at.astimezone(zone),
                "end": each.ends_at.astimezone(zone),
            }
            for each in bookings
        ],
    }


def page(found: Sequence[Booking], limit: int, rules: BookingRules, series: Whole) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: booking(each, rules, series))


def space(of: Space, locale: str) -> dict[str, Any]:
    return {
        "id": of.id,
        "name": of.names.get(locale, of.names["en"]),
        "names": of.names,
        "capacity": of.capacity,
        "rooms": list(of.rooms),
        "buffer_minutes": int(of.buffer.total_seconds() // 60),
        "walk_in": of.walk_in,
        "fee_per_hour": of.fee_per_hour,
    }


def spaces(rules: BookingRules, locale: str) -> dict[str, Any]:
    return {
        "items": [space(each, locale) for each in rules.spaces.values()],
        "equipment": [equipment(each, locale) for each in rules.equipment.values()],
    }


def equipment(of: Equipment, locale: str) -> dict[str, Any]:
    name = of.names.get(locale, of.names["en"])
    return {"id": of.id, "name": name, "names": of.names, "quantity": of.quantity}


def availability(found: Sequence[Found], locale: str) -> dict[str, Any]:
    return {
        "items": [
            {
                "space": space(each.space, locale),
                "available": not each.refusals,
                "refusals": [_refusal(refusal, locale) for refusal in each.refusals],
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
        "days": [day(each, bookings, actor, locale, rules) for each, bookings in days],
    }


def today(
    now: datetime, by_space: Mapping[str, Sequence[Booking]], *, actor: Actor, locale: str, rules: BookingRules
) -> dict[str, Any]:
    centre = rules.centre
    local = now.astimezone(centre.zone)
    return {
        **day(local.date(), (), actor, locale, rules),
        "now": local,
        "zone": centre.zone.key,
        "centre": centre.names.get(locale, centre.names["en"]),
        "opens_next": centre.next_opening(local),
        "spaces": [
            {
                "space": space(rules.space(space_id), locale),
                "entries": [entry(each, actor, rules) for each in bookings],
            }
            for space_id, bookings in by_space.items()
        ],
    }


def closure(of: Closure, rules: BookingRules, touches: Touched | None = None) -> dict[str, Any]:
    zone = rules.centre.zone
    return {
        "id": of.id,
        "start": of.starts_at.astimezone(zone),
        "to": of.ends_at.astimezone(zone),
        "reason": of.reason,
        "space_ids": of.space_ids,
        "force_majeure": of.force_majeure,
        "declared_at": of.declared_at.astimezone(zone),
        "lifted_at": of.lifted_at.astimezone(zone) if of.lifted_at else None,
        "settled": of.settled,
        "touches": touches,
    }


def walk_ins(of: WalkIn, rules: BookingRules) -> dict[str, Any]:
    capacity = rules.space(of.space_id).capacity
    return {"space_id": of.space_id, "day": of.day, "inside": of.inside, "came": of.came, "capacity": capacity}


def decision_page(found: Sequence[Decision], limit: int, rules: BookingRules) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: decision(each, rules))


def decision(of: Decision, rules: BookingRules) -> dict[str, Any]:
    return {
        "booking_id": of.booking_id,
        "at": of.at.astimezone(rules.centre.zone),
        "actor_id": of.actor_id,
        "action": of.action,
        "before": of.before,
        "after": of.after,
    }


def _local(at: date | datetime, rules: BookingRules) -> date | datetime:
    return rules.centre.moment(at).astimezone(rules.centre.zone) if isinstance(at, datetime) else at


def day(of: date, bookings: Sequence[Booking], actor: Actor, locale: str, rules: BookingRules) -> dict[str, Any]:
    open_hours = rules.centre.open_hours(of)
    holiday = rules.centre.holiday(of)
    return {
        "date": of,
        "opens": open_hours.local_start if open_hours else None,
        "closes": open_hours.local_end if open_hours else None,
        "holiday": holiday.get(locale, holiday["en"]) if holiday else None,
        "entries": [entry(each, actor, rules) for each in bookings],
    }


def entry(of: Booking, actor: Actor, rules: BookingRules) -> dict[str, Any]:
    zone = rules.centre.zone
    held = rules.space(of.space_id).held(Period(of.starts_at, of.ends_at, zone))
    own = roles.reads_all(actor) or access.is_own(actor, of)
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
