"""A person or group applies for a space, once or on several dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from services.booking import events
from services.booking.contract import bookings as contract
from services.booking.contract.vocabulary import Action, Kind, Status
from services.booking.domain import recurrence
from services.booking.domain.application import Applicant, Application, ExemptionClaim, Particulars
from services.booking.domain.deadline import deadline
from services.booking.domain.lifecycle import after
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking, Series
from services.booking.queries.answers import BookingCall, changed_booking
from services.booking.queries.series import rule_of
from services.booking.usecases import access, audit, holding
from services.booking.usecases.admission import admit
from services.booking.usecases.charging import charge
from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.contract import ABSENT
from services.chassis.events import emit
from services.chassis.period import Period


def request_booking(call: BookingCall, command: contract.RequestBooking) -> contract.ChangedBooking:
    """Hold the rooms until the application is decided or expires. Applications of staff are approved at once.

    All dates of a series are booked or none. Raises Forbidden, NotFound for the space or equipment, Invalid for the
    recurrence, and Refused with all rules that refuse it.
    """
    roles.require_person(call.actor)
    access.require_member(call.actor, command.group_id)
    application = _application(call, command)
    admit(call.session, application)

    bookings = booked(call.session, application, series=_series(command, application))
    if application.kind is Kind.STAFF_EVENT:
        approved_at_once(bookings, by=call.actor, now=call.now)
    holding.take(call.session, bookings, call.profile)
    audit.record(call.session, bookings, Action.REQUEST, before=(), actor=call.actor, now=call.now)
    kind = events.BOOKING_REQUESTED if application.is_rental else events.BOOKING_APPROVED
    emit(call.session, events.of(kind, bookings, call.profile), now=call.now)
    return changed_booking(call, bookings, bookings[0].id)


def _application(call: BookingCall, command: contract.RequestBooking) -> Application:
    actor, rules = call.actor, call.profile
    first = Period(command.start, command.end, rules.centre.zone)
    return Application(
        space=rules.space(command.space_id),
        periods=recurrence.expand(first, rule_of(command.recurrence), most=rules.most_occurrences),
        particulars=require_known_names(_particulars(command), rules),
        applicant=Applicant(actor.id, actor.name, command.group_id),
        kind=Kind.STAFF_EVENT if roles.is_staff(actor) else Kind.RENTAL,
        applied_at=call.now,
        rules=rules,
    )


def booked(session: Session, application: Application, *, series: Series | None = None) -> list[Booking]:
    """The bookings of an application that was let in: pending, with their fees; not yet with their rooms."""
    if series is not None:
        session.add(series)
        session.flush()  # its bookings refer to it
    by = deadline(application.applied_at, application.periods[0], application.rules)
    bookings = []
    for period, cost in zip(application.periods, charge(session, application), strict=True):
        booking = Booking.requested(application, period, cost, series=series)
        booking.reopened(decide_by=by.decide_by, warn_at=by.warn_at)
        bookings.append(booking)
    session.add_all(bookings)
    return bookings


def approved_at_once(bookings: list[Booking], *, by: Actor, now: datetime) -> None:
    for booking in bookings:
        booking.decided(after(Status.PENDING, Action.APPROVE), by=by.id, at=now)


def _particulars(command: contract.RequestBooking) -> Particulars:
    return Particulars(
        title=command.title,
        purpose=command.purpose,
        attendees=command.attendees,
        field=command.field,
        equipment=command.equipment,
        exemption=_claim(command.exemption),
    )


def changed_particulars(particulars: Particulars, command: contract.ChangeBooking) -> Particulars:
    """Return the particulars with the changes of the command."""
    names = ("title", "purpose", "attendees", "field", "equipment")
    changes = {name: value for name in names if (value := getattr(command, name)) is not None}
    if command.exemption is not ABSENT:
        changes["exemption"] = _claim(command.exemption)
    return replace(particulars, **changes)


def _claim(exemption: contract.Exemption | None) -> ExemptionClaim | None:
    return ExemptionClaim(exemption.ground, exemption.evidence) if exemption is not None else None


def require_known_names(particulars: Particulars, rules: BookingRules) -> Particulars:
    """Return the particulars. Raises NotFound for equipment and grounds that the centre does not have."""
    for piece in particulars.equipment:
        rules.piece(piece)
    if particulars.exemption is not None:
        rules.exemption(particulars.exemption.ground)
    return particulars


def _series(command: contract.RequestBooking, application: Application) -> Series | None:
    if command.recurrence is None:
        return None
    first = application.periods[0]
    return Series(
        id=ids.new_id(),
        rrule=command.recurrence.rrule,
        exdates=[moment.isoformat() for moment in command.recurrence.exdates],
        starts_at=first.start,
        ends_at=first.end,
    )
