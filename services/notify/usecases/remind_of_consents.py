"""People are asked once to confirm their consent to advertising before it lapses. Rule: DOMAIN, Notification (law).

Who does not answer hears no advertising from that moment on (domain/sending.py); nothing has to be done for that.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from services.chassis.context import Context
from services.notify.domain.advertising import AdvertisingLaw
from services.notify.domain.language import Language, day_in_words
from services.notify.domain.letterhead import Letterhead
from services.notify.domain.message import Category, Channel
from services.notify.domain.rules import CONSENT_LAPSING
from services.notify.models import Contact, Message
from services.notify.usecases.tell import Desk, Occasion, tell, with_stored_templates

BATCH = 100
CHANNELS = (Channel.EMAIL, Channel.INBOX)
"""Not by text: it is mandatory, and must wake nobody."""


def remind_of_consents(session: Session, *, desk: Desk, now: datetime) -> bool:
    """True: there may be more. One message for each consent: whoever confirms it is asked about that one again."""
    due = _due(session, desk.letterhead.law, now)
    desk = with_stored_templates(session, desk, [CONSENT_LAPSING])
    for contact in due:
        occasion = _occasion(contact, desk.letterhead)
        tell(session, occasion, {contact.person_id: contact}, desk=desk, context=Context.begin(), now=now)
    return len(due) == BATCH


def _due(session: Session, law: AdvertisingLaw, now: datetime) -> list[Contact]:
    lapsed, asked = law.asked_again(now)
    reminded = exists().where(
        Message.person_id == Contact.person_id,
        Message.template == CONSENT_LAPSING,
        Message.created_at > Contact.advertising_consent_at,
    )
    return list(
        session.scalars(
            select(Contact)
            .where(Contact.advertising_consent_at > lapsed, Contact.advertising_consent_at <= asked, ~reminded)
            .order_by(Contact.person_id)
            .limit(BATCH)
            .with_for_update()
        )
    )


def _occasion(contact: Contact, letterhead: Letterhead) -> Occasion:
    given = contact.advertising_consent_at
    assert given is not None
    zone = letterhead.centre.zone

    def words(language: Language) -> Mapping[str, str]:
        return {
            "consented_on": day_in_words(given.astimezone(zone).date(), language),
            "lapses_on": day_in_words(letterhead.law.expires(given).astimezone(zone).date(), language),
        }

    about = f"{CONSENT_LAPSING}:{given.isoformat()}"
    return Occasion(about, Category.MANDATORY, CONSENT_LAPSING, words, CHANNELS)
