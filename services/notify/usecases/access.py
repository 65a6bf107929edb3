"""Who may see what. What somebody may not know of is not there for them."""

from __future__ import annotations

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.i18n import msgid as _

NO_CONTACT = _("There are no contact details.")


def require_reader_of_log(actor: Actor, person_id: str | None) -> None:
    """Who saw whose data: staff and auditors see all of it, others what was seen of their own."""
    roles.require_person(actor)
    if person_id != actor.id:
        roles.require_reader(actor)
