"""Reads: preferences, contacts for lists, the access log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import time

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from services.notify.domain.message import Category, Channel
from services.notify.domain.preferences import Preferences
from services.notify.domain.quiet import QuietHours
from services.notify.models import Contact
from services.notify.models.people import Disclosure, Preference
from services.notify.schemas.people import FindContacts, FindDisclosures

_PREFERENCES = select(Preference).where(Preference.person_id.in_(bindparam("people", expanding=True)))


def preferences(session: Session, person_ids: Iterable[str]) -> Mapping[str, Preferences]:
    """What people chose themselves, by person id; who chose nothing is missing."""
    found = session.scalars(_PREFERENCES, {"people": list(person_ids)})
    return {each.person_id: _own(each) for each in found}


def contacts_page(session: Session, find: FindContacts) -> Sequence[Contact]:
    """By person id, one more than the limit when there are more."""
    chosen = select(Contact).order_by(Contact.person_id).limit(find.limit + 1)
    if find.cursor is not None:
        chosen = chosen.where(Contact.person_id > find.cursor)
    return session.scalars(chosen).all()


def disclosures(session: Session, find: FindDisclosures) -> Sequence[Disclosure]:
    """Newest first, one more than the limit when there are more."""
    chosen = select(Disclosure).order_by(Disclosure.id.desc()).limit(find.limit + 1)
    if find.cursor is not None:
        chosen = chosen.where(Disclosure.id < find.cursor)
    if find.person_id is not None:
        chosen = chosen.where(Disclosure.person_id == find.person_id)
    if find.actor_id is not None:
        chosen = chosen.where(Disclosure.actor_id == find.actor_id)
    return session.scalars(chosen).all()


def _own(row: Preference) -> Preferences:
    choices = {
        Category(category): {Channel(channel): wanted for channel, wanted in channels.items()}
        for category, channels in row.choices.items()
    }
    quiet = None
    if row.quiet_start is not None and row.quiet_end is not None:
        quiet = QuietHours(time.fromisoformat(row.quiet_start), time.fromisoformat(row.quiet_end))
    return Preferences(choices, quiet)
