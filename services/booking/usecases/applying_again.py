"""Applications made from existing bookings, to check the rules again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from services.booking.contract.vocabulary import Kind, Purpose
from services.booking.domain.application import Applicant, Application, ExemptionClaim, Particulars
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking
from services.centre.vocabulary import Field
from services.chassis.period import Period


def alike(bookings: Iterable[Booking]) -> list[list[Booking]]:
    """Group bookings that differ only in their dates. Each group is sorted by date."""
    ordered = sorted(bookings, key=lambda booking: (_likeness(booking), booking.starts_at))
    return [list(group) for _, group in groupby(ordered, key=_likeness)]


def application_of(bookings: Sequence[Booking], rules: BookingRules) -> Application:
    """Return the application of a group, as of the day on which it was applied for."""
    first = bookings[0]
    return Application(
        space=rules.space(first.space_id),
        periods=tuple(period_of(booking, rules) for booking in bookings),
        particulars=particulars_of(first),
        applicant=applicant_of(first),
        kind=Kind(first.kind),
        applied_at=first.requested_at,
        rules=rules,
        continues=first.series_id is not None,
    )


def particulars_of(booking: Booking) -> Particulars:
    ground, evidence = booking.exemption_ground, booking.exemption_evidence
    return Particulars(
        title=booking.title,
        purpose=Purpose(booking.purpose),
        attendees=booking.attendees,
        field=Field(booking.field),
        equipment=booking.equipment,
        exemption=ExemptionClaim(ground, evidence or "") if ground else None,
    )


def period_of(booking: Booking, rules: BookingRules) -> Period:
    return Period(booking.starts_at, booking.ends_at, rules.centre.zone)


def applicant_of(booking: Booking) -> Applicant:
    return Applicant(booking.requester_id, booking.requester_name, booking.group_id)


def _likeness(booking: Booking) -> tuple[object, ...]:
    return (
        booking.space_id,
        booking.title,
        booking.purpose,
        booking.field,
        booking.attendees,
        sorted(booking.equipment.items()),
        booking.exemption_ground or "",
        booking.exemption_evidence or "",
        booking.requester_id,
        booking.group_id or "",
        booking.requested_at,
    )
