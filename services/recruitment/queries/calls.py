"""Calls one by one and in lists."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.recruitment.domain.lifecycle import CallStatus
from services.recruitment.models import Call, Correction
from services.recruitment.schemas.calls import FindCalls


def call(session: Session, call_id: str) -> Call | None:
    return session.get(Call, call_id)


def find_calls(session: Session, find: FindCalls, *, drafts: bool) -> Sequence[Call]:
    """Newest first, one more than the limit when there are more. drafts: those that are not published, too."""
    chosen = select(Call).order_by(Call.id.desc()).limit(find.limit + 1)
    if not drafts:
        chosen = chosen.where(Call.status == CallStatus.PUBLISHED)
    if find.cursor is not None:
        chosen = chosen.where(Call.id < find.cursor)
    return session.scalars(chosen).all()


def corrections(session: Session, call_id: str) -> Sequence[Correction]:
    return session.scalars(select(Correction).where(Correction.call_id == call_id).order_by(Correction.number)).all()
