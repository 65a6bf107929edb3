"""Texts for phones, measured as their channels count: SMS and LMS in bytes of EUC-KR, AlimTalk in characters.

Source of the limits: DOMAIN, Notification. EUC-KR is counted in its extension CP949, as the carriers do: every Korean
syllable and hanja has two bytes, ASCII one.
"""

from __future__ import annotations

from services.notify.domain.message import Channel

SMS_BYTES = 90
LMS_BYTES = 2000
LMS_TITLE_BYTES = 40
ALIMTALK_CHARACTERS = 1000

_CODEC = "cp949"
_PLAIN = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\r": None, "₩": "￦"})


class TooLong(ValueError):
    """No channel for phones takes so long a text."""


def plain(text: str) -> str:
    """The text in what phones can show: typographic signs as the plain ones they stand for, what has none as "?"."""
    return text.translate(_PLAIN).encode(_CODEC, "replace").decode(_CODEC)


def size(text: str) -> int:
    """Bytes of EUC-KR that the text takes on its way to a phone."""
    return len(plain(text).encode(_CODEC))


def channel_for(text: str) -> Channel:
    """SMS for what fits into one, else LMS. Raises TooLong."""
    taken = size(text)
    if taken > LMS_BYTES:
        raise TooLong(f"{taken} bytes; at most {LMS_BYTES}")
    return Channel.SMS if taken <= SMS_BYTES else Channel.LMS


def cut(text: str, most: int) -> str:
    """The beginning of the text in at most so many bytes, no character halved."""
    return plain(text).encode(_CODEC)[:most].decode(_CODEC, "ignore")
