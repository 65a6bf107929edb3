"""Who may see what. What somebody may not know of is not there for them."""

from __future__ import annotations

from services.chassis.context import Actor
from services.chassis.errors import Forbidden, NotFound

STAFF = ("staff", "director")


def require_person(actor: Actor) -> None:
    if actor.is_anonymous:
        raise Forbidden("Log in to do this.")


def require_staff(actor: Actor) -> None:
    if not actor.has_role(*STAFF):
        raise Forbidden("Only staff may do this.")


def require_own_or_staff(actor: Actor, person_id: str) -> None:
    """Raises NotFound."""
    if person_id != actor.id and not actor.has_role(*STAFF):
        raise NotFound("There are no contact details.")
