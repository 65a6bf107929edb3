"""A person or group applies for a space, once or on several dates."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking import events
from services.booking.domain import recurrence
from services.booking.domain.application import Applicant, Application, Particulars
from services.booking.domain.deadline import deadline
from services.booking.domain.lifecycle import Action, Kind, Status, after
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking, Series
from services.booking.schemas.commands import RequestBooking
from services.booking.usecases import access, audit, holding
from services.booking.usecases.admission import admit
from services.booking.usecases.charging import charge
from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.events import emit
from services.chassis.period import Period


def request_booking(
    session: Session, command: RequestBooking, *, actor: Actor, rules: BookingRules, now: datetime
) -> list[Booking]:
    """The rooms are held from here on, until decided or expired. What staff apply for is approved at once.

    All dates of a series or none. Raises Forbidden, NotFound for the space or equipment, Invalid for the recurrence,
    Refused with every rule that speaks against it.
    """
    roles.require_person(actor)
    access.require_member(actor, command.group_id)
    application = applied_for(command, actor, rules, now)
    admit(session, application)

    bookings = booked(session, application, series=_series(command, application))
    if application.kind is Kind.STAFF_EVENT:
        approved_at_once(bookings, by=actor, now=now)
    holding.take(session, bookings, rules)
    audit.record(session, bookings, Action.REQUEST, before=(), actor=actor, now=now)
    kind = events.BOOKING_REQUESTED if application.is_rental else events.BOOKING_APPROVED
    emit(session, events.of(kind, bookings, rules), now=now)
    return bookings


def applied_for(command: RequestBooking, actor: Actor, rules: BookingRules, now: datetime) -> Application:
    first = Period(command.start, command.end, rules.centre.zone)
    return Application(
        space=rules.space(command.space_id),
        periods=recurrence.expand(first, command.recurrence, most=rules.most_occurrences),
        particulars=known(command.particulars, rules),
        applicant=Applicant(actor.id, actor.name, command.group_id),
        kind=Kind.STAFF_EVENT if roles.is_staff(actor) else Kind.RENTAL,
        applied_at=now,
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


def known(particulars: Particulars, rules: BookingRules) -> Particulars:
    """Raises NotFound for equipment and grounds that the centre does not know."""
    for piece in particulars.equipment:
        rules.piece(piece)
    if particulars.exemption is not None:
        rules.exemption(particulars.exemption.ground)
    return particulars


def _series(command: RequestBooking, application: Application) -> Series | None:
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
