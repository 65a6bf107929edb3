"""Something happened elsewhere: everybody whom it concerns gets a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.chassis import ids
from services.chassis.context import Context
from services.chassis.db import insert_once, wake_after_commit
from services.chassis.events import Received
from services.notify import queries
from services.notify.domain.letterhead import Letterhead
from services.notify.domain.message import CONTACT_MISSING, Channel, Status
from services.notify.domain.rules import Rule, rule_for
from services.notify.models import Contact, Message
from services.notify.rendering import TemplateId, Templates

DELIVERY = "deliver_messages"
"""The timer that sends what is queued (service.py)."""


@dataclass(frozen=True)
class Desk:
    """What messages are written with. mail_domain: the right half of their Message-IDs."""

    letterhead: Letterhead
    templates: Templates
    mail_domain: str


def announce(session: Session, event: Received, *, desk: Desk, context: Context, now: datetime) -> None:
    """Writes a message for each person and channel of the event's rule; they go out after the commit.

    Who has no contact details gets one that is skipped, so that staff can see whom nobody told. Raises NotFound for an
    event without a rule. A person who heard of the event already, by whatever way it comes again, hears nothing more.
    """
    rule = rule_for(event.source, event.type)
    people = rule.audience(event.data)
    contacts = queries.contacts(session, people)
    for person_id in sorted(people):
        for channel in rule.channels:
            row = _message(event, rule, person_id, contacts.get(person_id), channel, desk, context, now)
            insert_once(session, Message.__table__, **row)
    wake_after_commit(session, DELIVERY)


def _message(
    event: Received,
    rule: Rule,
    person_id: str,
    contact: Contact | None,
    channel: Channel,
    desk: Desk,
    context: Context,
    now: datetime,
) -> Mapping[str, Any]:
    letterhead = desk.letterhead
    language = letterhead.language_for(contact.locale) if contact else letterhead.fallback
    words = {
        **event.data.words(language, letterhead.centre.zone),
        "name": contact.name if contact else "",
        "sender": letterhead.sender(language),
    }
    text = desk.templates.render(TemplateId(rule.template, channel, language), words)
    message_id = ids.new_id()
    return {
        "id": message_id,
        "event_id": event.id,
        "person_id": person_id,
        "category": rule.category,
        "channel": channel,
        "template": rule.template,
        "template_version": text.version,
        "locale": language,
        "subject": text.subject,
        "body": text.body,
        "status": Status.QUEUED if contact else Status.SKIPPED,
        "reason": None if contact else CONTACT_MISSING,
        "attempts": 0,
        "next_attempt_at": now if contact else None,
        "message_id": f"{message_id}@{desk.mail_domain}",
        "created_at": now,
        "version": 1,
        "correlation_id": context.correlation_id[:200],
        "traceparent": context.traceparent[:60],
    }
