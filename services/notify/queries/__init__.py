"""Reads: contacts, the list of messages, the development mailbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from services.notify.delivery_schemas import FindInbox, FindSuppressions
from services.notify.domain import suppression
from services.notify.domain.message import Channel, Status
from services.notify.models import Contact, Mail, Message, Suppression, Webhook
from services.notify.schemas import FindMails, FindMessages

_CONTACTS = select(Contact).where(Contact.person_id.in_(bindparam("people", expanding=True)))


def contact(session: Session, person_id: str) -> Contact | None:
    return session.get(Contact, person_id)


def contacts(session: Session, person_ids: Iterable[str]) -> Mapping[str, Contact]:
    """By person id; who has none is missing."""
    found = session.scalars(_CONTACTS, {"people": list(person_ids)})
    return {each.person_id: each for each in found}


def addresses(
    session: Session, channel: Channel, people: Iterable[str], contacts: Mapping[str, Contact]
) -> Mapping[str, str]:
    """Where each person is reached on the channel, by person id; who is not is missing. contacts: by person id."""
    if channel is Channel.INBOX:
        return {person_id: person_id for person_id in people}
    if channel is Channel.WEBHOOK:
        found = session.execute(select(Webhook.person_id, Webhook.url).where(Webhook.person_id.in_(tuple(people))))
        return {each.person_id: each.url for each in found}
    by_mail = channel is Channel.EMAIL
    known = {person_id: each.email if by_mail else each.phone for person_id, each in contacts.items()}
    return {person_id: address for person_id, address in known.items() if address}


def suppressed(session: Session, channel: Channel, addresses: Iterable[str]) -> set[str]:
    """Those of the addresses that nothing may be sent to."""
    kind = suppression.kind_of(channel)
    if kind is None:
        return set()
    by_hash = {suppression.hash_of(kind, address): address for address in addresses}
    found = session.scalars(_SUPPRESSED, {"hashes": list(by_hash)})
    return {by_hash[each] for each in found}


_SUPPRESSED = select(Suppression.address_hash).where(Suppression.address_hash.in_(bindparam("hashes", expanding=True)))


def messages(session: Session, find: FindMessages) -> Sequence[Message]:
    """Newest first, one more than the limit when there are more."""
    chosen = select(Message).order_by(Message.id.desc()).limit(find.limit + 1)
    if find.cursor is not None:
        chosen = chosen.where(Message.id < find.cursor)
    if find.status is not None:
        chosen = chosen.where(Message.status == find.status)
    if find.person_id is not None:
        chosen = chosen.where(Message.person_id == find.person_id)
    return session.scalars(chosen).all()


def inbox(session: Session, person_id: str, find: FindInbox) -> Sequence[Message]:
    """What lies in the person's inbox, newest first, one more than the limit when there are more. What it said lies
    there for as long as it is kept.
    """
    chosen = _in_inbox(select(Message), person_id).order_by(Message.id.desc()).limit(find.limit + 1)
    if find.cursor is not None:
        chosen = chosen.where(Message.id < find.cursor)
    if find.unread:
        chosen = chosen.where(Message.read_at.is_(None))
    return session.scalars(chosen).all()


def unread(session: Session, person_id: str) -> int:
    counted = _in_inbox(select(func.count()).select_from(Message), person_id).where(Message.read_at.is_(None))
    return int(session.scalars(counted).one())


def _in_inbox(chosen: Select[Any], person_id: str) -> Select[Any]:
    return chosen.where(
        Message.person_id == person_id,
        Message.channel == Channel.INBOX,
        Message.status == Status.SENT,
        Message.body != "",
    )


def suppressions(session: Session, find: FindSuppressions) -> Sequence[Suppression]:
    """Newest first, one more than the limit when there are more."""
    chosen = select(Suppression).order_by(Suppression.id.desc()).limit(find.limit + 1)
    if find.cursor is not None:
        chosen = chosen.where(Suppression.id < find.cursor)
    if find.person_id is not None:
        chosen = chosen.where(Suppression.person_id == find.person_id)
    return session.scalars(chosen).all()


def webhook(session: Session, person_id: str) -> Webhook | None:
    return session.get(Webhook, person_id)


def mails(session: Session, find: FindMails) -> Sequence[Mail]:
    """Newest first, one more than the limit when there are more."""
    chosen = select(Mail).order_by(Mail.id.desc()).limit(find.limit + 1)
    if find.cursor is not None:
        chosen = chosen.where(Mail.id < find.cursor)
    return session.scalars(chosen).all()
