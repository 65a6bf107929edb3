"""Somebody is told of something: a message for each channel, rendered in their language, queued once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.chassis import ids
from services.chassis.context import Context
from services.chassis.db import insert_once, wake_after_commit
from services.notify.domain import template as measures
from services.notify.domain import texting
from services.notify.domain.language import Language
from services.notify.domain.letterhead import Letterhead
from services.notify.domain.message import CONTACT_MISSING, Category, Channel, Status
from services.notify.models import Contact, Message
from services.notify.queries import texts
from services.notify.rendering import TemplateId, Templates, Text

DELIVERY = "deliver_messages"
"""The timer that sends what is queued (service.py)."""


@dataclass(frozen=True)
class Desk:
    """What messages are written with. mail_domain: the right half of their Message-IDs. texts: the channels to phones
    that have a provider. carried: those that anything carries at all, in development the mailbox.
    """

    letterhead: Letterhead
    templates: Templates
    mail_domain: str
    texts: frozenset[Channel] = frozenset()
    carried: frozenset[Channel] = frozenset(Channel)


@dataclass(frozen=True)
class Occasion:
    """What somebody is told of. event_id: they hear of it once under it. words: what templates may use, by language.

    channels: over these and no others; none for those of the profile, and texts for what is mandatory. written_as: the
    category in whose form it is written, if not in its own.
    """

    event_id: str
    category: Category
    template: str
    words: Callable[[Language], Mapping[str, str]]
    channels: tuple[Channel, ...] = ()
    not_before: datetime | None = None
    written_as: Category | None = None


def with_stored_templates(session: Session, desk: Desk, keys: Sequence[str]) -> Desk:
    """The desk with the centre's own templates of these keys in the place of the shipped ones."""
    return replace(desk, templates=desk.templates.replaced(texts.sendable(session, keys)))


def tell(
    session: Session,
    occasion: Occasion,
    people: Mapping[str, Contact | None],
    *,
    desk: Desk,
    context: Context,
    now: datetime,
) -> int:
    """Queues messages for people, by id with their contacts; they go out after the commit. Returns how many are new.

    Who has no contact details gets one that is skipped, so that staff can see whom nobody told. A person who heard of
    it already hears nothing more.
    """
    told = 0
    for person_id in sorted(people):
        for row in _messages(occasion, person_id, people[person_id], desk, context, now):
            told += insert_once(session, Message.__table__, **row)
    wake_after_commit(session, DELIVERY)
    return told


def _messages(
    occasion: Occasion, person_id: str, contact: Contact | None, desk: Desk, context: Context, now: datetime
) -> Iterator[Mapping[str, Any]]:
    language = desk.letterhead.language_for(contact.locale) if contact else desk.letterhead.fallback
    words = words_for(occasion, language, contact.name if contact else "", desk)
    for channel in (*(occasion.channels or desk.letterhead.channels), *_phones(occasion, contact, language, desk)):
        carried, text = worded(occasion, channel, language, words, desk)
        known = {"person_id": person_id, "channel": carried, "locale": language}
        yield {
            **known,
            **_said(occasion, text),
            **_fate(occasion, carried, contact, now),
            **_origin(desk, context, now),
        }


def words_for(occasion: Occasion, language: Language, name: str, desk: Desk) -> Mapping[str, str]:
    """All that a template may use."""
    return {**occasion.words(language), "name": name, "sender": desk.letterhead.sender(language)}


def _phones(occasion: Occasion, contact: Contact | None, language: Language, desk: Desk) -> Iterator[Channel]:
    """Mandatory messages also come by text: as a notice where its template is approved, which falls back to a text."""
    if contact is None or not contact.phone or occasion.channels:
        return
    if occasion.category is not Category.MANDATORY or not desk.letterhead.mandatory_by_text:
        return
    notice = TemplateId(occasion.template, Channel.ALIMTALK, language)
    if Channel.ALIMTALK in desk.texts and desk.templates.has(notice):
        yield Channel.ALIMTALK
    elif Channel.SMS in desk.texts:
        yield Channel.SMS


def worded(
    occasion: Occasion, channel: Channel, language: Language, words: Mapping[str, str], desk: Desk
) -> tuple[Channel, Text]:
    """A text to a phone goes as SMS where it fits, else in the words for LMS; beyond those it says what the message is
    about, for whoever can read it elsewhere.
    """
    if channel not in {Channel.SMS, Channel.LMS}:
        return channel, text_of(occasion, channel, language, words, desk)
    for carrier in (Channel.SMS, Channel.LMS):
        text = text_of(occasion, carrier, language, words, desk)
        if not measures.excess(text.body, carrier):
            return carrier, text
    mail = desk.templates.render(TemplateId(occasion.template, Channel.EMAIL, language), words)
    brief = texting.cut(mail.subject, texting.SMS_BYTES)
    text = _as_the_law_wants(occasion, Text(brief, f"{brief}\n{words['sender']}\n", mail.version), language, desk)
    return texting.channel_for(text.body), text


def text_of(occasion: Occasion, channel: Channel, language: Language, words: Mapping[str, str], desk: Desk) -> Text:
    text = desk.templates.render(TemplateId(occasion.template, channel, language), words)
    return _as_the_law_wants(occasion, text, language, desk)


def _as_the_law_wants(occasion: Occasion, text: Text, language: Language, desk: Desk) -> Text:
    if (occasion.written_as or occasion.category) is not Category.ADVERTISING:
        return text
    law, sender = desk.letterhead.law, desk.letterhead.sender(language)
    return Text(*law.marked(text.subject, text.body, sender, language), text.version)


def _said(occasion: Occasion, text: Text) -> Mapping[str, Any]:
    return {
        "event_id": occasion.event_id,
        "category": occasion.category,
        "template": occasion.template,
        "template_version": text.version,
        "subject": text.subject,
        "body": text.body,
    }


def _fate(occasion: Occasion, channel: Channel, contact: Contact | None, now: datetime) -> Mapping[str, Any]:
    """The inbox is there for everybody who can log in."""
    reachable = contact is not None or channel is Channel.INBOX
    return {
        "status": Status.QUEUED if reachable else Status.SKIPPED,
        "reason": None if reachable else CONTACT_MISSING,
        "attempts": 0,
        "attempts_before": 0,
        "next_attempt_at": max(occasion.not_before or now, now) if reachable else None,
        "not_before": occasion.not_before,
    }


def _origin(desk: Desk, context: Context, now: datetime) -> Mapping[str, Any]:
    message_id = ids.new_id()
    return {
        "id": message_id,
        "message_id": f"{message_id}@{desk.mail_domain}",
        "created_at": now,
        "version": 1,
        "correlation_id": context.correlation_id[:200],
        "traceparent": context.traceparent[:60],
    }
