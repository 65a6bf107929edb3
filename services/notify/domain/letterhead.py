"""What all of a centre's messages have in common: who signs them, in which languages, in whose time they reckon, and
by which rules they go out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.centre.opening import Centre
from services.notify.domain.advertising import AdvertisingLaw
from services.notify.domain.language import Language, language_for
from services.notify.domain.message import Channel
from services.notify.domain.preferences import Preferences


@dataclass(frozen=True)
class DigestPace:
    """A digest closes when nothing came for `quiet`, and at the latest `longest` after its first item."""

    quiet: timedelta
    longest: timedelta

    def closes(self, opened_at: datetime, now: datetime) -> datetime:
        return min(now + self.quiet, opened_at + self.longest)


@dataclass(frozen=True)
class Retention:
    """How long is kept what a message said, what its provider reported of it, and who saw whose data. Source: DOMAIN.

    That there was a message is kept for good.
    """

    bodies: timedelta
    receipts: timedelta
    access_log: timedelta


@dataclass(frozen=True)
class Letterhead:
    """sender_names: by language. fallback: what people read whose language nothing is written in.

    channels: over which everything goes. mandatory_by_text: mandatory messages also come by text to whoever gave a
    phone. preferences: of whoever chose nothing.
    """

    centre: Centre
    sender_names: Mapping[str, str]
    fallback: Language
    channels: tuple[Channel, ...]
    mandatory_by_text: bool
    preferences: Preferences
    law: AdvertisingLaw
    digests: DigestPace
    retention: Retention

    def language_for(self, locale: str) -> Language:
        return language_for(locale, self.fallback)

    def sender(self, language: Language) -> str:
        return self.sender_names[language]
