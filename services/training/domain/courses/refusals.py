"""Every refusal about courses, one function each: its stable code, its words, its details. Codes: CONTRACTS, Refusal
codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from services.chassis.errors import Refusal
from services.chassis.i18n import msgid as _
from services.chassis.period import Period


def not_open_yet(opens: datetime) -> Refusal:
    return Refusal(
        "enrolment_closed",
        _("Enrolment opens on %(opens)s."),
        {"reason": "not_yet", "opens": f"{opens:%Y-%m-%d %H:%M}"},
    )


def enrolment_over(closed: datetime) -> Refusal:
    return Refusal(
        "enrolment_closed",
        _("Enrolment closed on %(closed)s."),
        {"reason": "over", "closed": f"{closed:%Y-%m-%d %H:%M}"},
    )


def course_not_open(status: str) -> Refusal:
    return Refusal("enrolment_closed", _("This course takes nobody any more."), {"reason": "course", "status": status})


def course_full(capacity: int, waiting: int) -> Refusal:
    return Refusal(
        "course_full",
        _("All %(capacity)d places are taken, and %(waiting)d people wait for one. You can join the waiting list."),
        {"capacity": capacity, "waiting": waiting},
    )


def already_enrolled(status: str) -> Refusal:
    return Refusal("already_enrolled", _("You are in this course or on its waiting list already."), {"status": status})


def offer_expired(until: datetime) -> Refusal:
    return Refusal(
        "offer_expired",
        _("This place was held for you until %(until)s. It has gone to the next in line; you can enrol anew."),
        {"until": f"{until:%Y-%m-%d %H:%M}"},
    )


def instructor_busy(name: str, taken: Sequence[Period]) -> Refusal:
    return Refusal(
        "instructor_busy",
        _("%(instructor)s teaches elsewhere at this time. Choose another time or another instructor."),
        {
            "instructor": name,
            "taken": [{"start": each.local_start.isoformat(), "end": each.local_end.isoformat()} for each in taken],
        },
    )


def room_refused(start: datetime, refusals: Sequence[Mapping[str, Any]]) -> Refusal:
    return Refusal(
        "room_refused",
        _("The session on %(start)s has no room. Give it another room or date, or cancel it."),
        {"start": f"{start:%Y-%m-%d %H:%M}", "codes": sorted({each["code"] for each in refusals})},
    )


def session_missing() -> Refusal:
    return Refusal("session_missing", _("This course has no session yet. Plan one first."))


def attendance_replayed(nonces: Sequence[str]) -> Refusal:
    return Refusal(
        "attendance_replayed",
        _("%(number)d entries came before with other contents. Nothing was recorded: send them under new nonces."),
        {"number": len(nonces), "nonces": list(nonces)},
    )


def certificate_withheld(attended: timedelta, held: timedelta, percent: int) -> Refusal:
    return Refusal(
        "certificate_withheld",
        _("A certificate needs %(percent)d %% of the %(held)d minutes held; attended were %(attended)d."),
        {"percent": percent, "held": minutes(held), "attended": minutes(attended)},
    )


def minutes(length: timedelta) -> int:
    """Whole ones."""
    return int(length.total_seconds() // 60)
