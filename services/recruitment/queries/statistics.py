"""Numbers of a selection: they are the same before and after its applicants' data went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.recruitment.models import Application, Purge, Verdict


@dataclass(frozen=True)
class Counted:
    """kind, legal_type, status: of the applications; legal_type is None for a draft that does not say it."""

    kind: str
    legal_type: str | None
    status: str
    applications: int


def applications_by_type(session: Session, call_id: str) -> list[Counted]:
    rows = session.execute(
        select(Application.kind, Application.content, Application.facts, Application.status).where(
            Application.call_id == call_id
        )
    )
    counted = Counter((row.kind, _legal_type(row.content, row.facts), row.status) for row in rows)
    return [Counted(*key, number) for key, number in sorted(counted.items(), key=lambda each: str(each[0]))]


def failed_rules(session: Session, call_id: str) -> dict[str, int]:
    """How many applications each rule has turned away."""
    of_call = select(Application.id).where(Application.call_id == call_id)
    failed = select(Verdict.rule, func.count().label("number")).where(
        Verdict.application_id.in_(of_call), Verdict.passed.is_(False)
    )
    rows = session.execute(failed.group_by(Verdict.rule).order_by(Verdict.rule))
    return {row.rule: row.number for row in rows}


def purge(session: Session, call_id: str) -> Purge | None:
    return session.get(Purge, call_id)


def _legal_type(content: dict[str, Any], facts: dict[str, Any]) -> str | None:
    found: str | None = {**content, **facts}.get("legal_type")
    return found
