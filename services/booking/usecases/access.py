"""Permissions on bookings. A booking that somebody may not know of is not found."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.booking.models import Booking
from services.booking.queries.answers import is_own
from services.booking.usecases.locking import NO_BOOKING
from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import Forbidden, NotFound
from services.chassis.i18n import msgid as _

CENTRE = Actor("madang:booking", "Madang")
"""Actor of decisions that a timer or an event causes."""


def require_data_subject(actor: Actor, person_id: str | None) -> str:
    """Return the id of the person whose data are asked for: the actor, or for staff anybody. Raises Forbidden."""
    roles.require_person(actor)
    if person_id is None or person_id == actor.id:
        return actor.id
    roles.require_staff(actor)
    return person_id


def require_member(actor: Actor, group_id: str | None) -> None:
    """Only members book for a group, since its quota is used. Raises Forbidden."""
    if group_id is not None and group_id not in actor.orgs and not roles.is_staff(actor):
        raise Forbidden(_("You can only apply for a group that you belong to."))


def require_own(actor: Actor, booking: Booking) -> None:
    """The booking must be the actor's own, or the actor staff. Raises NotFound."""
    if not (is_own(actor, booking) or roles.is_staff(actor)):
        raise NotFound(NO_BOOKING)


def require_known(session: Session, booking_id: str, actor: Actor) -> Booking:
    """Return the booking without a lock. It need not be checked again: its applicant never changes. Raises NotFound."""
    booking = session.get(Booking, booking_id)
    if booking is None:
        raise NotFound(NO_BOOKING)
    require_own(actor, booking)
    return booking


def require_readable(actor: Actor, booking: Booking) -> None:
    """Raises NotFound."""
    if not (is_own(actor, booking) or roles.reads_all(actor)):
        raise NotFound(NO_BOOKING)
