"""Who may do what with a booking. What somebody may not know of is not there for them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.booking.models import Booking
from services.booking.usecases.locking import NO_BOOKING
from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import Forbidden, NotFound
from services.chassis.i18n import msgid as _

CENTRE = Actor("madang:booking", "Madang")
"""Who acts where a clock or an event does."""


def person_told_of(actor: Actor, person_id: str | None) -> str:
    """Whose data the actor asks for: their own, and staff anybody's. Raises Forbidden."""
    roles.require_person(actor)
    if person_id is None or person_id == actor.id:
        return actor.id
    roles.require_staff(actor)
    return person_id


def require_member(actor: Actor, group_id: str | None) -> None:
    """Who books for a group belongs to it: the group's rules and quota are at stake."""
    if group_id is not None and group_id not in actor.orgs and not roles.is_staff(actor):
        raise Forbidden(_("You can only apply for a group that you belong to."))


def is_own(actor: Actor, booking: Booking) -> bool:
    """Of who applied, and of the members of the group that it is for."""
    if actor.is_anonymous:
        return False
    return booking.requester_id == actor.id or (booking.group_id is not None and booking.group_id in actor.orgs)


def require_own(actor: Actor, booking: Booking) -> None:
    """Who it belongs to, and staff. Raises NotFound."""
    if not (is_own(actor, booking) or roles.is_staff(actor)):
        raise NotFound(NO_BOOKING)


def require_known(session: Session, booking_id: str, actor: Actor) -> Booking:
    """The booking, not locked: a series has one applicant, so that it need not be asked again. Raises NotFound."""
    booking = session.get(Booking, booking_id)
    if booking is None:
        raise NotFound(NO_BOOKING)
    require_own(actor, booking)
    return booking


def require_readable(actor: Actor, booking: Booking) -> None:
    """Raises NotFound."""
    if not (is_own(actor, booking) or roles.reads_all(actor)):
        raise NotFound(NO_BOOKING)
