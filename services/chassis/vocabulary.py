"""Vocabularies: closed sets of values that have a label in each language.

    class Channel(Vocabulary):
        FAIR = "fair", "박람회", "Fair or market"

A member without its labels fails when its module is imported.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Vocabulary(StrEnum):
    """A member is a str, its value. `ko` and `en` are its labels."""

    ko: str
    en: str

    def __new__(cls, value: str, ko: str = "", en: str = "") -> Self:
        if not (ko and en):  # The defaults allow `Channel("fair")`, which looks up a member.
            raise TypeError(f"{cls.__name__}: {value} needs a label in Korean and one in English")
        member = str.__new__(cls, value)
        member._value_ = value
        member.ko = ko
        member.en = en
        return member

    def label(self, locale: str) -> str:
        """Return the label in Korean if `locale` is "ko", else in English."""
        return self.ko if locale == "ko" else self.en
