"""Reads: contacts, the list of messages, the development mailbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notify.models import Contact, Mail, Message
from services.notify.schemas import FindMails, FindMessages


def contact(session: Session, person_id: str) -> Contact | None:
    return session.get(Contact, person_id)


def contacts(session: Session, person_ids: Iterable[str]) -> Mapping[str, Contact]:
    """By person id; who has none is missing."""
    found = session.scalars(select(Contact).where(Contact.person_id.in_(tuple(person_ids))))
    return {each.person_id: each for each in found}


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


def mails(session: Session, find: FindMails) -> Sequence[Mail]:
    """Newest first, one more than the limit when there are more."""
    chosen = select(Mail).order_by(Mail.id.desc()).limit(find.limit + 1)
    if find.cursor is not None:
        chosen = chosen.where(Mail.id < find.cursor)
    return session.scalars(chosen).all()
