"""The judges of a call, and what they have to do."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.recruitment.domain.lifecycle import Status
from services.recruitment.models import Application, Assignment, Judge, Recusal


def judges(session: Session, call_id: str) -> Sequence[Judge]:
    """Those that are judges of the call now, by id."""
    there = select(Judge).where(Judge.call_id == call_id, Judge.removed_at.is_(None))
    return session.scalars(there.order_by(Judge.judge_id)).all()


def judge(session: Session, call_id: str, judge_id: str) -> Judge | None:
    found = session.get(Judge, (call_id, judge_id))
    return found if found is not None and found.removed_at is None else None


def assignments(session: Session, call_id: str) -> Sequence[Assignment]:
    """Those in force."""
    there = select(Assignment).where(Assignment.call_id == call_id, Assignment.ended_at.is_(None))
    return session.scalars(there.order_by(Assignment.application_id, Assignment.judge_id)).all()


def assignment(session: Session, application_id: str, judge_id: str) -> Assignment | None:
    found = session.get(Assignment, (application_id, judge_id))
    return found if found is not None and found.ended_at is None else None


def recusals(session: Session, call_id: str) -> Sequence[Recusal]:
    of_call = select(Recusal).where(Recusal.call_id == call_id)
    return session.scalars(of_call.order_by(Recusal.recorded_at, Recusal.application_id, Recusal.judge_id)).all()


def recusal(session: Session, application_id: str, judge_id: str) -> Recusal | None:
    return session.get(Recusal, (application_id, judge_id))


def shortlisted(session: Session, call_id: str) -> Sequence[Application]:
    chosen = select(Application).where(Application.call_id == call_id, Application.status == Status.SHORTLISTED)
    return session.scalars(chosen.order_by(Application.id)).all()
