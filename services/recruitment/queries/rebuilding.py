"""Makes rankings anew from their logs, and compares them with what was frozen."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.recruitment.domain.ranked import to_text
from services.recruitment.domain.ranking import rank
from services.recruitment.domain.selection_log import Entry, digest, fingerprint
from services.recruitment.models import Call, FrozenRanking
from services.recruitment.queries.judging import entries_of


@dataclass(frozen=True)
class Rebuilt:
    """digest: of the ranking as it was frozen. is_identical: the log, the ranking and both digests are what they were,
    byte for byte.
    """

    code: str
    entries: int
    digest: str
    is_identical: bool


def rebuilt(session: Session, code: str | None = None) -> list[Rebuilt]:
    """Of all calls with a frozen ranking, or the one of this code, by code."""
    chosen = select(Call.code, FrozenRanking).join(FrozenRanking, FrozenRanking.call_id == Call.id)
    if code is not None:
        chosen = chosen.where(Call.code == code)
    return [_rebuilt(session, each, frozen) for each, frozen in session.execute(chosen.order_by(Call.code))]


def _rebuilt(session: Session, code: str, frozen: FrozenRanking) -> Rebuilt:
    log = entries_of(session, frozen.call_id, first=frozen.entries)
    return Rebuilt(code, frozen.entries, frozen.ranking_digest, _is_identical(log, frozen))


def _is_identical(log: list[Entry], frozen: FrozenRanking) -> bool:
    try:
        text = to_text(rank(log))
    except (ValueError, KeyError):  # a log that somebody tampered with may be no log any more
        return False
    return (
        len(log) == frozen.entries
        and fingerprint(log) == frozen.inputs_digest
        and text.encode() == frozen.ranking.encode()
        and digest(text) == frozen.ranking_digest
    )
