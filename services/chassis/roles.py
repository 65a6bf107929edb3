"""Roles that all services share: staff, who run the centre, and readers, who may read everything."""

from __future__ import annotations

from services.chassis.context import Actor
from services.chassis.errors import Forbidden
from services.chassis.i18n import msgid as _

STAFF = ("staff", "director")
READERS = (*STAFF, "auditor")


def is_staff(actor: Actor) -> bool:
    return actor.has_role(*STAFF)


def reads_all(actor: Actor) -> bool:
    return actor.has_role(*READERS)


def require_person(actor: Actor) -> None:
    """Require a logged-in actor. Like all functions below, raises Forbidden."""
    if actor.is_anonymous:
        raise Forbidden(_("Log in to do this."))


def require_staff(actor: Actor) -> None:
    if not is_staff(actor):
        raise Forbidden(_("Only staff may do this."))


def require_reader(actor: Actor) -> None:
    if not reads_all(actor):
        raise Forbidden(_("Only staff may do this."))


def require_director(actor: Actor) -> None:
    if not actor.has_role("director"):
        raise Forbidden(_("Only the director may do this."))
