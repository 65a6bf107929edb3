"""A person says what they want to hear, when not, and to what they consent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import Refusal, Refused
from services.notify.domain import refusals
from services.notify.domain.advertising import AdvertisingLaw
from services.notify.domain.message import Category
from services.notify.models import Contact
from services.notify.models.people import Consent, Preference
from services.notify.schemas.people import PutPreferences


def put_preferences(
    session: Session, command: PutPreferences, *, actor: Actor, law: AdvertisingLaw, now: datetime
) -> None:
    """Replaces the actor's choices and quiet hours; consents change only where one is named.

    Raises Forbidden; Refused: mandatory messages cannot be muted, consent needs contact details, and night consent an
    advertising consent.
    """
    roles.require_person(actor)
    contact = session.scalar(select(Contact).where(Contact.person_id == actor.id).with_for_update())
    if found := _objections(command, contact, law, now):
        raise Refused(found)

    preference = session.scalar(select(Preference).where(Preference.person_id == actor.id).with_for_update())
    if preference is None:
        preference = Preference(person_id=actor.id)
        session.add(preference)
    preference.choices = {category: dict(channels) for category, channels in command.choices.items()}
    preference.quiet_start = f"{command.quiet.start:%H:%M}" if command.quiet else None
    preference.quiet_end = f"{command.quiet.end:%H:%M}" if command.quiet else None
    preference.updated_at = now
    if contact is not None:
        _consent(session, contact, command, now)


def _objections(command: PutPreferences, contact: Contact | None, law: AdvertisingLaw, now: datetime) -> list[Refusal]:
    found = []
    if not all(command.choices.get(Category.MANDATORY, {}).values()):
        found.append(refusals.mandatory_cannot_be_muted())
    if contact is None and (command.advertising or command.night):
        found.append(refusals.contact_missing())
    agreed = command.advertising
    if agreed is None:
        agreed = contact is not None and law.holds(contact.advertising_consent_at, now)
    if command.night and not agreed:
        found.append(refusals.consent_missing())
    return found


def _consent(session: Session, contact: Contact, command: PutPreferences, now: datetime) -> None:
    """Taking back the one for advertising takes back the one for the night."""
    night = False if command.advertising is False else command.night
    for kind, given in (("advertising", command.advertising), ("night", night)):
        if given is None or (not given and getattr(contact, f"{kind}_consent_at") is None):
            continue
        setattr(contact, f"{kind}_consent_at", now if given else None)
        session.add(Consent(person_id=contact.person_id, kind=kind, given=given, at=now))
