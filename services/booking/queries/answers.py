"""Answers of the contract, made from rows: times in the centre's zone, names in the caller's language, and no more
than the caller may know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from services.booking.contract import bookings as contract
from services.booking.contract import closures as closing
from services.booking.contract import spaces as places
from services.booking.contract.decisions import Snapshot
from services.booking.contract.vocabulary import Kind, Purpose, RejectReason, Status
from services.booking.domain.rules import BookingRules, Exemption
from services.booking.domain.rules import Equipment as Piece
from services.booking.domain.space import Space
from services.booking.models import Booking, Closure
from services.booking.queries.closures import count_touched
from services.booking.queries.series import WholeSeries, series_of
from services.centre.vocabulary import Field
from services.chassis import roles
from services.chassis.answers import Refusal as RefusalAnswer
from services.chassis.context import Actor
from services.chassis.entrypoints import Call
from services.chassis.errors import Refusal
from services.chassis.fields import DayOrMoment
from services.chassis.i18n import translate
from services.chassis.period import Period

BookingCall = Call[BookingRules]


def is_own(actor: Actor, booking: Booking) -> bool:
    """Return whether the actor applied for the booking, or belongs to the group that it is for."""
    if actor.is_anonymous:
        return False
    return booking.requester_id == actor.id or (booking.group_id is not None and booking.group_id in actor.orgs)


# --- bookings


def booking_answer(call: BookingCall, row: Booking) -> contract.Booking:
    return booking_answers(call, [row])[0]


def booking_answers(call: BookingCall, rows: Sequence[Booking]) -> list[contract.Booking]:
    series = series_of(call.session, rows)
    return [_booking(row, call.profile, series) for row in rows]


def changed_booking(call: BookingCall, rows: Sequence[Booking], booking_id: str) -> contract.ChangedBooking:
    """Answer a command about these bookings with one of them, or else the first, and all occurrences."""
    shown = next((each for each in rows if each.id == booking_id), rows[0])
    zone = call.profile.centre.zone
    occurrences = [
        contract.Occurrence(
            id=each.id,
            status=Status(each.status),
            start=each.starts_at.astimezone(zone),
            end=each.ends_at.astimezone(zone),
        )
        for each in rows
    ]
    return contract.ChangedBooking.of(booking_answer(call, shown), zone, occurrences=occurrences)


def _booking(row: Booking, rules: BookingRules, series: Mapping[str, WholeSeries]) -> contract.Booking:
    exemption = contract.GrantedExemption(ground=row.exemption_ground or "", evidence=row.exemption_evidence or "")
    return contract.Booking.of(
        row,
        rules.centre.zone,
        status=Status(row.status),
        kind=Kind(row.kind),
        purpose=Purpose(row.purpose),
        field=Field(row.field),
        start=row.starts_at,
        end=row.ends_at,
        requester=contract.Requester(id=row.requester_id, name=row.requester_name),
        recurrence=_rule(series[row.series_id], rules) if row.series_id else None,
        exemption=exemption if row.exemption_ground else None,
        reason_code=RejectReason(row.reason_code) if row.reason_code else None,
    )


def _rule(whole: WholeSeries, rules: BookingRules) -> contract.Rule:
    given = [DayOrMoment().deserialize(each) for each in whole.series.exdates]
    exdates = [_local(each, rules) for each in given]
    return contract.Rule(rrule=whole.series.rrule, exdates=exdates, number=whole.number)


def _local(at: date | datetime, rules: BookingRules) -> date | datetime:
    return rules.centre.moment(at).astimezone(rules.centre.zone) if isinstance(at, datetime) else at


def snapshot(recorded: Mapping[str, object]) -> Snapshot:
    """Return a recorded snapshot (usecases/audit.py). Its times stay in UTC."""
    known: dict[str, Any] = {name: recorded[name] for name in Snapshot.__dataclass_fields__ if name in recorded}
    for name in {"starts_at", "ends_at"} & known.keys():
        known[name] = datetime.fromisoformat(known[name])
    return Snapshot(**known)


# --- closures


def closure_answer(call: BookingCall, row: Closure) -> closing.Closure:
    return closing.Closure.of(row, call.profile.centre.zone, start=row.starts_at, to=row.ends_at)


def changed_closure(call: BookingCall, row: Closure) -> closing.ChangedClosure:
    counts = count_touched(call.session, row, call.now)
    touches = closing.Touched(bookings=counts.bookings, people=counts.people)
    return closing.ChangedClosure.of(closure_answer(call, row), call.profile.centre.zone, touches=touches)


# --- spaces and days


def space_answer(space: Space, locale: str) -> places.Space:
    return places.Space(
        id=space.id,
        name=space.names.get(locale, space.names["en"]),
        names=dict(space.names),
        capacity=space.capacity,
        rooms=list(space.rooms),
        buffer_minutes=int(space.buffer.total_seconds() // 60),
        walk_in=space.walk_in,
        fee_per_hour=space.fee_per_hour,
    )


def equipment_answer(piece: Piece, locale: str) -> places.Equipment:
    name = piece.names.get(locale, piece.names["en"])
    return places.Equipment(id=piece.id, name=name, names=dict(piece.names), quantity=piece.quantity)


def exemption_answer(exemption: Exemption, locale: str) -> places.ExemptionGround:
    name = exemption.names.get(locale, exemption.names["en"])
    return places.ExemptionGround(id=exemption.id, name=name, names=dict(exemption.names), percent=exemption.percent)


def refusal_answer(refusal: Refusal, locale: str) -> RefusalAnswer:
    message = translate("services.booking", locale, refusal.message, refusal.details)
    return RefusalAnswer(code=refusal.code, message=message, details=dict(refusal.details))


def day_answer(call: BookingCall, day: date, bookings: Iterable[Booking] = ()) -> places.TimelineDay:
    centre = call.profile.centre
    open_hours, holiday = centre.open_hours(day), centre.holiday(day)
    return places.TimelineDay(
        date=day,
        opens=open_hours.local_start if open_hours else None,
        closes=open_hours.local_end if open_hours else None,
        holiday=holiday.get(call.context.locale, holiday["en"]) if holiday else None,
        entries=entry_answers(call, bookings),
    )


def entry_answers(call: BookingCall, bookings: Iterable[Booking]) -> list[places.TimelineEntry]:
    return [_entry(call, each) for each in bookings]


def _entry(call: BookingCall, row: Booking) -> places.TimelineEntry:
    zone = call.profile.centre.zone
    held = call.profile.space(row.space_id).held(Period(row.starts_at, row.ends_at, zone))
    may_know = roles.reads_all(call.actor) or is_own(call.actor, row)
    return places.TimelineEntry(
        space_id=row.space_id,
        status=Status(row.status),
        start=row.starts_at.astimezone(zone),
        end=row.ends_at.astimezone(zone),
        held_from=held.local_start,
        held_until=held.local_end,
        booking_id=row.id if may_know else None,
        title=row.title if may_know else None,
    )
