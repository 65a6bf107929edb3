"""Who may do what with a booking. What somebody may not know of is not there for them."""

from __future__ import annotations

from services.booking.models import Booking
from services.chassis.context import Actor
from services.chassis.errors import Forbidden, NotFound

STAFF = ("staff", "director")


def is_staff(actor: Actor) -> bool:
    return actor.has_role(*STAFF)


def require_person(actor: Actor) -> None:
    if actor.is_anonymous:
        raise Forbidden("Log in to do this.")


def require_staff(actor: Actor) -> None:
    if not is_staff(actor):
        raise Forbidden("Only staff may do this.")


def require_own(actor: Actor, booking: Booking) -> None:
    """Staff, who applied, and members of the group that it is for. Raises NotFound."""
    own = booking.requester_id == actor.id or (booking.group_id is not None and booking.group_id in actor.orgs)
    if actor.is_anonymous or not (own or is_staff(actor)):
        raise NotFound("There is no such booking.")
