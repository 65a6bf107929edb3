"""The secret address of a person's calendar feed. Who has the address reads the feed; it is replaced or revoked when it
has got about.
"""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import delete
from sqlalchemy.orm import Session

from services.booking.models import CalendarKey
from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.db import affected
from services.chassis.errors import NotFound
from services.chassis.i18n import msgid as _

SECRET_BYTES = 32


def create_calendar_address(session: Session, *, actor: Actor) -> str:
    """The new secret, which nobody can be told again: only its hash is kept. One that the person had before is none any
    more. Raises Forbidden.
    """
    roles.require_person(actor)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session.merge(CalendarKey(person_id=actor.id, digest=digest_of(secret)))
    return secret


def revoke_calendar_address(session: Session, *, actor: Actor) -> None:
    """Raises Forbidden, NotFound."""
    roles.require_person(actor)
    if not affected(session, delete(CalendarKey).where(CalendarKey.person_id == actor.id)):
        raise NotFound(_("You have no calendar address."))


def digest_of(secret: str) -> str:
    """Plain SHA-256: nobody guesses so many random bits, so that neither salt nor stretching is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
