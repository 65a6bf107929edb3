"""A person names the address at which a program of theirs hears of their messages, or takes it back."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.db import affected
from services.chassis.errors import NotFound
from services.notify.domain import address, refusals
from services.notify.models import Webhook

SECRET_BYTES = 32


def put_webhook(session: Session, url: str, *, actor: Actor, plain_http: bool, now: datetime) -> Webhook:
    """Replaces what there was, with a new secret. plain_http: in development. Raises Forbidden, Invalid."""
    roles.require_person(actor)
    try:
        url = address.webhook(url, plain_http=plain_http)
    except address.NotAnAddress as error:
        raise refusals.not_a_webhook(str(error)) from error
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    return session.merge(Webhook(person_id=actor.id, url=url, secret=secret, updated_at=now))


def remove_webhook(session: Session, *, actor: Actor) -> None:
    """Raises Forbidden, NotFound."""
    roles.require_person(actor)
    if not affected(session, delete(Webhook).where(Webhook.person_id == actor.id)):
        raise NotFound
