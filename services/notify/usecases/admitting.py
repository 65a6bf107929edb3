"""May a message go out now? The one place that is asked when it is about to be sent, whatever queued it and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from services.notify.domain.language import Language
from services.notify.domain.letterhead import Letterhead
from services.notify.domain.message import Category, Channel, Status
from services.notify.domain.preferences import Preferences, merged
from services.notify.domain.sending import Go, Outgoing, Recipient, Skip, Wait, decide
from services.notify.models import Contact
from services.notify.queries import people


@dataclass(frozen=True)
class Admission:
    """status: SENDING, it goes; QUEUED, it waits until `due`; SKIPPED, it does not go, for the `reason`."""

    status: Status
    reason: str | None = None
    due: datetime | None = None


GOES = Admission(Status.SENDING)


def admissions(
    session: Session,
    messages: Sequence[Any],
    contacts: Mapping[str, Contact],
    *,
    letterhead: Letterhead,
    now: datetime,
) -> Mapping[str, Admission]:
    """By message id. messages: rows of `messages`, all of one channel and locked. contacts: by person id; who has none
    is in the centre's zone and has consented to nothing.
    """
    chosen = people.preferences(session, {each.person_id for each in messages})
    return {
        each.id: _admission(each, contacts.get(each.person_id), chosen.get(each.person_id), letterhead, now)
        for each in messages
    }


def _admission(
    message: Any, contact: Contact | None, own: Preferences | None, letterhead: Letterhead, now: datetime
) -> Admission:
    language = Language(message.locale)
    outgoing = Outgoing(
        category=Category(message.category),
        channel=Channel(message.channel),
        subject=message.subject,
        body=message.body,
        language=language,
        sender=letterhead.sender(language),
        not_before=message.not_before,
    )
    recipient = Recipient(
        zone=ZoneInfo(contact.zone) if contact and contact.zone else letterhead.centre.zone,
        preferences=merged(letterhead.preferences, own),
        advertising_consent=contact.advertising_consent_at if contact else None,
        night_consent=contact.night_consent_at if contact else None,
    )
    match decide(outgoing, recipient, law=letterhead.law, centre_zone=letterhead.centre.zone, now=now):
        case Skip(reason):
            return Admission(Status.SKIPPED, reason)
        case Wait(until):
            return Admission(Status.QUEUED, due=until)
        case Go():
            return GOES
