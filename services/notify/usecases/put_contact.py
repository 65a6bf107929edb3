"""A person says how they want to be reached."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.notify.domain import address, refusals
from services.notify.models import Contact
from services.notify.schemas import PutContact
from services.notify.usecases.keep_audiences import know_staff


def put_contact(session: Session, command: PutContact, *, actor: Actor, country: str, now: datetime) -> Contact:
    """Replaces what was known of the actor; a phone that is not given is forgotten. Whoever works here belongs to the
    staff's audience from then on, and whoever does so no more has left it. Raises Forbidden, Invalid.

    country: the centre's, whose phone numbers may be given without their country.
    """
    roles.require_person(actor)
    email = _email(command.email)
    phone = _phone(command.phone, country) if command.phone else None

    contact = session.scalar(select(Contact).where(Contact.person_id == actor.id).with_for_update())
    if contact is None:
        contact = Contact(person_id=actor.id)
        session.add(contact)
    contact.name = actor.name if command.name is None else command.name
    contact.email, contact.phone, contact.locale = email, phone, command.locale
    contact.zone = command.zone.key if command.zone else None
    contact.updated_at = now
    know_staff(session, actor.id, is_staff=actor.has_role(*roles.STAFF), sequence=int(now.timestamp() * 1000))
    return contact


def _email(text: str) -> str:
    try:
        return address.email(text)
    except address.NotAnAddress as error:
        raise refusals.not_an_email_address(str(error)) from error


def _phone(text: str, country: str) -> str:
    try:
        return address.phone(text, country)
    except address.NotAnAddress as error:
        raise refusals.not_a_phone_number(str(error)) from error
