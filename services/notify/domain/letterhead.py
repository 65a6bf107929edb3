"""What all of a centre's messages have in common: who signs them, in which languages, and in whose time they reckon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.centre.opening import Centre
from services.notify.domain.language import Language, language_for


@dataclass(frozen=True)
class Letterhead:
    """sender_names: by language. fallback: what people read whose language nothing is written in."""

    centre: Centre
    sender_names: Mapping[str, str]
    fallback: Language

    def language_for(self, locale: str) -> Language:
        return language_for(locale, self.fallback)

    def sender(self, language: Language) -> str:
        return self.sender_names[language]
