"""What is told at length: statistics, and all that booking knows of a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from services.booking import views
from services.booking.domain.lifecycle import Action, Status
from services.booking.domain.rules import BookingRules
from services.booking.domain.statistics import Row, Utilisation
from services.booking.models import Decision
from services.booking.queries.personal import Personal
from services.booking.queries.statistics import Statistics
from services.booking.schemas.statistics import FindStatistics

HOUR = timedelta(hours=1)


def statistics(asked: FindStatistics, found: Statistics, rules: BookingRules) -> dict[str, Any]:
    return {
        "start": asked.start,
        "end": asked.end,
        "zone": rules.centre.zone.key,
        "rows": [_row(each) for each in found.rows],
        "utilisation": [_utilisation(each) for each in found.utilisation],
        "walk_ins": [
            {"space_id": space_id, "month": month, "came": came}
            for (month, space_id), came in sorted(found.walk_ins.items())
        ],
    }


def personal(person_id: str, found: Personal, *, now: datetime, rules: BookingRules) -> dict[str, Any]:
    zone = rules.centre.zone
    bans = [each.ban_until for each in found.penalties if each.ban_until and each.ban_until > now]
    return {
        "person_id": person_id,
        "bookings": [
            {
                **views.booking(each, rules, found.series),
                "decisions": [_decision(one, person_id, rules) for one in found.about[each.id]],
            }
            for each in found.bookings
        ],
        "decisions": [
            {"booking_id": each.booking_id, "at": each.at.astimezone(zone), "action": Action(each.action)}
            for each in found.made
        ],
        "penalties": [
            {
                "booking_id": each.booking_id,
                "imposed_at": each.imposed_at.astimezone(zone),
                "ban_until": each.ban_until.astimezone(zone) if each.ban_until else None,
            }
            for each in found.penalties
        ],
        "banned_until": max(bans).astimezone(zone) if bans else None,
        "closures": [
            {"closure_id": each.id, "declared_at": each.declared_at.astimezone(zone), "reason": each.reason}
            for each in found.closures
        ],
        "has_calendar_address": found.has_calendar_address,
        "next_cursor": str(found.more) if found.more else None,
    }


def _decision(of: Decision, person_id: str, rules: BookingRules) -> dict[str, Any]:
    return {
        "at": of.at.astimezone(rules.centre.zone),
        "action": Action(of.action),
        "own": of.actor_id == person_id,
        "before": of.before,
        "after": of.after,
    }


def _row(of: Row) -> dict[str, Any]:
    return {
        "space_id": of.space_id,
        "month": of.month,
        "field": of.field,
        "bookings": of.bookings,
        "attendees": of.attendees,
        "hours": of.time / HOUR,
        "pending": of.begun.get(Status.PENDING, 0),
        "cancelled": of.begun.get(Status.CANCELLED, 0),
        "rejected": of.begun.get(Status.REJECTED, 0),
        "expired": of.begun.get(Status.EXPIRED, 0),
        "no_shows": of.begun.get(Status.NO_SHOW, 0),
    }


def _utilisation(of: Utilisation) -> dict[str, Any]:
    return {
        "space_id": of.space_id,
        "month": of.month,
        "hours": of.time / HOUR,
        "open_hours": of.open_time / HOUR,
        "utilisation": None if of.ratio is None else _rounded(of.ratio),
    }


def _rounded(ratio: Fraction) -> float:
    exact = Decimal(ratio.numerator) / Decimal(ratio.denominator)
    return float(exact.quantize(Decimal("0.0001"), ROUND_HALF_UP))
