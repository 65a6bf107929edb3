"""Preferences, contacts in lists and the access log, as callers are shown them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.chassis import paging
from services.notify.domain import masking
from services.notify.domain.letterhead import Letterhead
from services.notify.domain.message import Category, Channel
from services.notify.domain.preferences import Preferences, merged
from services.notify.models import Contact
from services.notify.models.people import Disclosure


def preferences(
    person_id: str, contact: Contact | None, own: Preferences | None, letterhead: Letterhead, now: datetime
) -> dict[str, Any]:
    heard = merged(letterhead.preferences, own)
    zone = letterhead.centre.zone
    return {
        "person_id": person_id,
        "choices": {each: {channel: heard.wants(each, channel) for channel in Channel} for each in Category},
        "own": own.choices if own else {},
        "quiet": heard.quiet,
        "zone": contact.zone if contact and contact.zone else zone.key,
        "consents": {
            "advertising": _consent(contact.advertising_consent_at if contact else None, letterhead, now),
            "night": _consent(contact.night_consent_at if contact else None, letterhead, now),
        },
    }


def masked_page(found: Sequence[Contact], limit: int, country: str) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: _masked(each, country), key=lambda each: each.person_id)


def disclosure_page(found: Sequence[Disclosure], limit: int, zone: ZoneInfo) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: _disclosure(each, zone))


def _consent(given_at: datetime | None, letterhead: Letterhead, now: datetime) -> dict[str, Any]:
    """One that has lapsed is none; when it did is shown."""
    zone = letterhead.centre.zone
    return {
        "given": letterhead.law.holds(given_at, now),
        "confirmed_at": given_at.astimezone(zone) if given_at else None,
        "expires_at": letterhead.law.expires(given_at).astimezone(zone) if given_at else None,
    }


def _masked(of: Contact, country: str) -> dict[str, Any]:
    return {
        "person_id": of.person_id,
        "name": masking.name(of.name),
        "email": masking.email(of.email),
        "phone": masking.phone(of.phone, country) if of.phone else None,
        "locale": of.locale,
    }


def _disclosure(of: Disclosure, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": of.id,
        "person_id": of.person_id,
        "action": of.action,
        "reason": of.reason,
        "actor_id": of.actor_id,
        "actor_name": of.actor_name,
        "at": of.at.astimezone(zone),
    }
