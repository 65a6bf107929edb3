"""Somebody sees or takes along people's contact data. Each person's is on record, with the reason, before it is shown.

Source: DOMAIN, Notification (law); scenario 39.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import insert
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.notify import queries
from services.notify.models import Contact
from services.notify.models.people import Disclosure
from services.notify.schemas.people import Disclose


class Action(StrEnum):
    VIEW = "view"
    EXPORT = "export"


def disclose_contacts(
    session: Session, command: Disclose, action: Action, *, actor: Actor, now: datetime
) -> Sequence[Contact]:
    """In the order of the person ids; who has no contact details is missing, and not in the log. Raises Forbidden."""
    roles.require_staff(actor)
    found = queries.contacts(session, command.person_ids)
    shown = [found[person_id] for person_id in sorted(found)]
    rows = [
        {
            "person_id": each.person_id,
            "action": action,
            "reason": command.reason,
            "actor_id": actor.id,
            "actor_name": actor.name,
            "at": now,
        }
        for each in shown
    ]
    if rows:
        session.execute(insert(Disclosure), rows)
    return shown
