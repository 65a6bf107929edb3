"""A look at a broadcast before it goes out: how it reads, who would get it, and one of each to oneself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor, Context
from services.chassis.errors import NotFound, Refused
from services.notify import queries
from services.notify.domain import refusals, samples
from services.notify.domain.audience import Group, GroupKind
from services.notify.domain.language import Language
from services.notify.domain.message import CONTACT_MISSING, SUPPRESSED, Category, Channel, Status
from services.notify.domain.rules import NOTICE
from services.notify.models import Contact
from services.notify.models.audiences import Broadcast
from services.notify.queries import audiences
from services.notify.rendering import Text
from services.notify.schemas.broadcasts import Content, OneBroadcast
from services.notify.usecases.admitting import admissions
from services.notify.usecases.broadcasting import content_of, objections, occasion_of
from services.notify.usecases.tell import Desk, tell, with_stored_templates, worded, words_for

PAGE = 500


@dataclass(frozen=True)
class Sample:
    """carrier: the channel over which it really goes, SMS or LMS."""

    channel: Channel
    carrier: Channel
    language: Language
    text: Text


@dataclass
class ChannelCount:
    goes: int = 0
    waits: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


@dataclass
class Recipients:
    """Of an audience at this moment. reached: who gets it over at least one channel, now or later."""

    people: int = 0
    reached: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    channels: dict[Channel, ChannelCount] = field(default_factory=dict)


@dataclass(frozen=True)
class _Prospect:
    """A message that there would be, as admitting.py reads it."""

    id: str
    person_id: str
    category: Category
    channel: Channel
    locale: Language
    subject: str
    body: str
    not_before: datetime | None = None


def preview_broadcast(session: Session, content: Content, *, desk: Desk) -> list[Sample]:
    """As somebody reads it, over each channel and in each language that it is written in. Raises Refused: a channel
    cannot carry it.
    """
    desk = with_stored_templates(session, desk, [NOTICE])
    if found := list(objections(content, desk)):
        raise Refused(found)
    return list(_samples(content, content.texts, desk))


def count_recipients(session: Session, command: OneBroadcast, *, desk: Desk, now: datetime) -> Recipients:
    """By the rules that are asked when a message goes out, as if it went now. Raises NotFound."""
    broadcast = session.get(Broadcast, command.broadcast_id)
    if broadcast is None:
        raise NotFound
    content = content_of(broadcast)
    desk = with_stored_templates(session, desk, [NOTICE])
    found = Recipients(channels={channel: ChannelCount() for channel in content.channels})
    written = {(each.channel, each.language): each for each in _samples(content, list(Language), desk)}
    group = Group(GroupKind(broadcast.audience_kind), broadcast.audience_key)
    for people in _pages(session, group):
        _count(session, found, people, written, content, desk, now)
    return found


def send_test(
    session: Session, command: OneBroadcast, *, actor: Actor, desk: Desk, context: Context, now: datetime
) -> int:
    """To the actor alone, and whether they have consented to advertising or not. Raises Forbidden, NotFound, Refused:
    they have not said where they are reached.
    """
    roles.require_staff(actor)
    broadcast = session.get(Broadcast, command.broadcast_id)
    if broadcast is None:
        raise NotFound
    contact = queries.contact(session, actor.id)
    if contact is None:
        raise Refused([refusals.contact_missing()])
    occasion = occasion_of(content_of(broadcast), f"broadcast-test:{ids.new_id()}", category=Category.SERVICE)
    desk = with_stored_templates(session, desk, [NOTICE])
    return tell(session, occasion, {actor.id: contact}, desk=desk, context=context, now=now)


def _samples(
    content: Content, languages: Sequence[Language] | Mapping[Language, object], desk: Desk
) -> Iterator[Sample]:
    occasion = occasion_of(content)
    for language in languages:
        words = words_for(occasion, language, samples.NAMES[language], desk)
        for channel in content.channels:
            carrier, text = worded(occasion, channel, language, words, desk)
            yield Sample(channel, carrier, language, text)


def _pages(session: Session, group: Group) -> Iterator[Sequence[str]]:
    after = ""
    while people := audiences.page(session, group, after, PAGE):
        yield people
        after = people[-1]


def _count(
    session: Session,
    found: Recipients,
    people: Sequence[str],
    written: Mapping[tuple[Channel, Language], Sample],
    content: Content,
    desk: Desk,
    now: datetime,
) -> None:
    contacts = queries.contacts(session, people)
    languages = {each: _language(contacts.get(each), desk) for each in people}
    reached: set[str] = set()
    for channel, counted in found.channels.items():
        addresses = queries.addresses(session, channel, people, contacts)
        carrier = written[channel, next(iter(Language))].carrier
        barred = queries.suppressed(session, carrier, addresses.values())
        prospects = []
        for person_id in people:
            address = addresses.get(person_id)
            if not address or address in barred:
                counted.skipped[SUPPRESSED if address else CONTACT_MISSING] += 1
                continue
            sample = written[channel, languages[person_id]]
            prospects.append(_prospect(person_id, sample, content.category))
        admitted = admissions(session, prospects, contacts, letterhead=desk.letterhead, now=now)
        for person_id, admission in admitted.items():
            if admission.status is Status.SKIPPED:
                counted.skipped[str(admission.reason)] += 1
                continue
            counted.goes += admission.status is Status.SENDING
            counted.waits += admission.status is Status.QUEUED
            reached.add(person_id)
    found.people += len(people)
    found.reached += len(reached)
    found.languages.update(str(each) for each in languages.values())


def _prospect(person_id: str, sample: Sample, category: Category) -> _Prospect:
    text = sample.text
    return _Prospect(person_id, person_id, category, sample.carrier, sample.language, text.subject, text.body)


def _language(contact: Contact | None, desk: Desk) -> Language:
    return desk.letterhead.language_for(contact.locale) if contact else desk.letterhead.fallback
