"""The log of a selection: everything that its ranking is made of, in the order in which it was written down.

It only grows. Judges stand in it by the number of their seat, applications by their id: nobody is named. Points are
decimals written as text, so that a log reads the same everywhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """RULES: what is reckoned with. CANDIDATE: an application takes part. WITHDRAWAL: it no longer does. SCORES: a
    judge's points, and again where they are corrected. ABSTENTION, RECUSAL: a judge gives none. BONUS: of an
    application. VOTE: of the committee, on those that nothing else tells apart.
    """

    RULES = "rules"
    CANDIDATE = "candidate"
    WITHDRAWAL = "withdrawal"
    SCORES = "scores"
    ABSTENTION = "abstention"
    RECUSAL = "recusal"
    BONUS = "bonus"
    VOTE = "vote"


@dataclass(frozen=True)
class Entry:
    """content: JSON values. RULES: RankingRules.to_content; CANDIDATE: the `kind` of unit; SCORES: `points` by
    criterion; BONUS: `points`; VOTE: `order`, the ids of applications from the first on.
    """

    sequence: int
    kind: Kind
    application_id: str = ""
    seat: int = 0
    content: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "sequence": self.sequence,
            "kind": str(self.kind),
            "application_id": self.application_id,
            "seat": self.seat,
            "content": dict(self.content),
        }


def in_order(log: Iterable[Entry]) -> list[Entry]:
    """Raises ValueError: two entries have one number, or one is missing."""
    entries = sorted(log, key=lambda entry: entry.sequence)
    if [entry.sequence for entry in entries] != list(range(1, len(entries) + 1)):
        raise ValueError("the log of a selection is numbered from 1 without a gap")
    return entries


def fingerprint(log: Iterable[Entry]) -> str:
    """SHA-256 of the log in its order, in hexadecimal."""
    return digest(canonical([entry.to_json() for entry in in_order(log)]))


def canonical(value: Any) -> str:
    """JSON that is the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
