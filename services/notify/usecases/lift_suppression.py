"""Staff know better: an address that was given up may be written to again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import NotFound
from services.notify.models import Suppression


def lift_suppression(session: Session, suppression_id: str, *, actor: Actor) -> None:
    """What was skipped meanwhile stays so until it is replayed. Raises Forbidden, NotFound."""
    roles.require_staff(actor)
    suppression = session.get(Suppression, suppression_id, with_for_update=True)
    if suppression is None:
        raise NotFound
    session.delete(suppression)
