"""The code on a certificate: not to be guessed, and whoever mistypes one letter of it finds nothing."""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which are read as something else."""
RANDOM = 15
"""So many letters of 5 bits are drawn; one more is reckoned from them."""
GROUP = 4

_MISREAD = str.maketrans("ILO", "110")
_FORM = re.compile(rf"[{ALPHABET}]{{{RANDOM + 1}}}")


def code_of(drawn: str) -> str:
    """The code that has the drawn letters (RANDOM of ALPHABET), with its check letter: XXXX-XXXX-XXXX-XXXX."""
    return _grouped(drawn + _check_letter(drawn))


def read(text: str) -> str | None:
    """The code that was meant, however it was typed; None: this is no code. Any one wrong letter makes it none."""
    letters = text.upper().replace("-", "").translate(_MISREAD)
    if not _FORM.fullmatch(letters) or _check_letter(letters[:-1]) != letters[-1]:
        return None
    return _grouped(letters)


def masked(name: str) -> str:
    """A name as strangers may read it: 홍*동. Source: DOMAIN, Notification."""
    if len(name) <= 2:
        return name[:1] + "*" if len(name) == 2 else "*" * len(name)
    return name[0] + "".join(each if each == " " else "*" for each in name[1:-1]) + name[-1]


def _check_letter(letters: str) -> str:
    """Luhn's reckoning over an alphabet of an even size: it sees every single wrong letter."""
    size, total = len(ALPHABET), 0
    for place, letter in enumerate(reversed(letters)):
        value = ALPHABET.index(letter) * (2 if place % 2 == 0 else 1)
        total += value // size + value % size
    return ALPHABET[-total % size]


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))
