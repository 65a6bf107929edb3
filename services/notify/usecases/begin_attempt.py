"""A worker is about to send a message that it has claimed: the attempt is on record before the provider is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from services.notify import queries
from services.notify.channels.provider import Letter
from services.notify.domain.language import Language
from services.notify.domain.letterhead import Letterhead
from services.notify.domain.message import CONTACT_MISSING, Channel, Status
from services.notify.models import Attempt, Contact, Message
from services.notify.usecases.claim_messages import LEASE


@dataclass(frozen=True)
class Begun:
    """An attempt that is on record, and the letter to send."""

    message_id: str
    number: int
    letter: Letter


def begin_attempt(
    session: Session,
    message_id: str,
    *,
    holder: str,
    provider: str,
    letterhead: Letterhead,
    now: datetime,
    wall: datetime,
) -> Begun | None:
    """None: there is nothing to send, for the lease was lost or the person has no contact details any more."""
    message = session.get(Message, message_id, with_for_update=True)
    if message is None or message.status != Status.SENDING or message.lease_holder != holder:
        return None
    contact = queries.contact(session, message.person_id)
    if contact is None:
        message.become(Status.SKIPPED, reason=CONTACT_MISSING)
        return None
    message.attempts += 1
    message.lease_until = wall + LEASE
    session.add(Attempt(message_id=message.id, number=message.attempts, provider=provider, started_at=now))
    return Begun(message.id, message.attempts, _letter(message, contact, letterhead, now))


def _letter(message: Message, contact: Contact, letterhead: Letterhead, now: datetime) -> Letter:
    return Letter(
        message_id=message.message_id,
        channel=Channel(message.channel),
        to=_address(contact, Channel(message.channel)),
        sender=letterhead.sender(Language(message.locale)),
        locale=message.locale,
        subject=message.subject,
        body=message.body,
        at=now.astimezone(letterhead.centre.zone),
    )


def _address(contact: Contact, channel: Channel) -> str:
    match channel:
        case Channel.EMAIL:
            return contact.email
