"""Numbers of a selection. They are the same before and after the purge of its applicants' data."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.recruitment.contract.selection import CountedApplications
from services.recruitment.contract.vocabulary import ApplicationStatus, LegalType, UnitKind
from services.recruitment.models import Application, Purge, Verdict


def applications_by_type(session: Session, call_id: str) -> list[CountedApplications]:
    """Count by kind of unit, legal type and status. The legal type is None for a draft that does not say it."""
    rows = session.execute(
        select(Application.kind, Application.content, Application.facts, Application.status).where(
            Application.call_id == call_id
        )
    )
    counted = Counter((row.kind, _legal_type(row.content, row.facts), row.status) for row in rows)
    return [
        CountedApplications(
            kind=UnitKind(kind),
            legal_type=LegalType(legal_type) if legal_type else None,
            status=ApplicationStatus(status),
            applications=number,
        )
        for (kind, legal_type, status), number in sorted(counted.items(), key=lambda each: str(each[0]))
    ]


def failed_rules(session: Session, call_id: str) -> dict[str, int]:
    """Count the applications that each rule turned away."""
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
