"""A person or group applies for a space."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking import events, queries
from services.booking.domain import gates, refusals
from services.booking.domain.lifecycle import Action, Status, after
from services.booking.domain.space import BookingRules
from services.booking.models import Booking
from services.booking.schemas import RequestBooking
from services.booking.usecases import access, audit
from services.booking.usecases.locking import lock_rooms
from services.chassis.context import Actor
from services.chassis.errors import Forbidden, Refused
from services.chassis.events import emit
from services.chassis.period import Period


def request_booking(
    session: Session, command: RequestBooking, *, actor: Actor, rules: BookingRules, now: datetime
) -> Booking:
    """The rooms are held from here on, until decided or expired. What staff apply for is approved at once.

    Raises Forbidden, NotFound for the space, Refused with every rule that speaks against it.
    """
    access.require_person(actor)
    require_member(actor, command.group_id)
    space = rules.space(command.space_id)
    period = Period(command.start, command.end, rules.centre.zone)
    staff = access.is_staff(actor)
    gates.pass_all(gates.Application(space, period, command.purpose, command.attendees, now, staff, rules))

    lock_rooms(session, space.rooms)
    if taken := queries.taken(session, space, period):
        raise Refused([refusals.slot_taken(space, taken)])

    booking = Booking.requested(
        space,
        period,
        title=command.title,
        purpose=command.purpose,
        attendees=command.attendees,
        group_id=command.group_id,
        requester_id=actor.id,
        requester_name=actor.name,
        at=now,
    )
    if staff:
        booking.decided(after(Status.PENDING, Action.APPROVE), by=actor.id, at=now)
    session.add(booking)
    audit.record(session, booking, "request", before={}, actor=actor, now=now)
    emit(session, events.of(events.BOOKING_APPROVED if staff else events.BOOKING_REQUESTED, booking, rules), now=now)
    return booking


def require_member(actor: Actor, group_id: str | None) -> None:
    """Who books for a group belongs to it: the group's rules and quota are at stake."""
    if group_id is not None and group_id not in actor.orgs and not access.is_staff(actor):
        raise Forbidden("You can only apply for a group that you belong to.")
