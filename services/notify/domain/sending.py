"""May this message go out to this person now? Decided when it is sent, not when it is queued: what a person chose or
took back in between wins. Source: DOMAIN, Notification; scenarios 36 and 37.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.notify.domain.advertising import RINGS_AT_NIGHT, AdvertisingLaw
from services.notify.domain.language import Language
from services.notify.domain.message import Category, Channel
from services.notify.domain.preferences import Preferences

MUTED = "muted"
CONSENT_MISSING = "consent_missing"
CONSENT_EXPIRED = "consent_expired"
NOT_AS_THE_LAW_WANTS = "advertising_without"

SILENT = frozenset({Channel.INBOX, Channel.WEBHOOK})
"""What lies there until somebody looks disturbs nobody."""


@dataclass(frozen=True)
class Outgoing:
    """The message. not_before: the time that it was scheduled for, if any. sender: the name that it must show."""

    category: Category
    channel: Channel
    subject: str
    body: str
    language: Language
    sender: str
    not_before: datetime | None = None


@dataclass(frozen=True)
class Recipient:
    """The person as they are now. *_consent: when given or last confirmed. preferences: merged with the centre's."""

    zone: ZoneInfo
    preferences: Preferences
    advertising_consent: datetime | None = None
    night_consent: datetime | None = None


@dataclass(frozen=True)
class Go:
    pass


@dataclass(frozen=True)
class Wait:
    """Decide again then."""

    until: datetime


@dataclass(frozen=True)
class Skip:
    """Never. reason: a code, for staff."""

    reason: str


Decision = Go | Wait | Skip


def decide(
    outgoing: Outgoing, recipient: Recipient, *, law: AdvertisingLaw, centre_zone: ZoneInfo, now: datetime
) -> Decision:
    """Skip before Wait: what nobody may send is not kept for later. Wait names the latest of all waits."""
    for reason in _objections(outgoing, recipient, law, now):
        return Skip(reason)
    waits = [until for until in _waits(outgoing, recipient, law, centre_zone, now) if until > now]
    return Wait(max(waits)) if waits else Go()


def _objections(outgoing: Outgoing, recipient: Recipient, law: AdvertisingLaw, now: datetime) -> Iterator[str]:
    if not recipient.preferences.wants(outgoing.category, outgoing.channel):
        yield MUTED
    if outgoing.category is not Category.ADVERTISING:
        return
    if recipient.advertising_consent is None:
        yield CONSENT_MISSING
    elif not law.holds(recipient.advertising_consent, now):
        yield CONSENT_EXPIRED
    for fault in law.faults(outgoing.subject, outgoing.body, outgoing.channel, outgoing.sender, outgoing.language):
        yield f"{NOT_AS_THE_LAW_WANTS}_{fault}"


def _waits(
    outgoing: Outgoing, recipient: Recipient, law: AdvertisingLaw, centre_zone: ZoneInfo, now: datetime
) -> Iterator[datetime]:
    if outgoing.not_before is not None:
        yield outgoing.not_before
    if not _may_ring_at_night(outgoing, recipient, law, now) and law.night.cover(now, centre_zone):
        yield law.night.end_after(now, centre_zone)
    quiet = recipient.preferences.quiet
    if quiet is None or outgoing.category is Category.MANDATORY or outgoing.channel in SILENT:
        return
    if quiet.cover(now, recipient.zone):
        yield quiet.end_after(now, recipient.zone)


def _may_ring_at_night(outgoing: Outgoing, recipient: Recipient, law: AdvertisingLaw, now: datetime) -> bool:
    if outgoing.category is not Category.ADVERTISING or outgoing.channel not in RINGS_AT_NIGHT:
        return True
    return law.holds(recipient.night_consent, now)
