"""The audit log: one row for each decision about a course or something of it, written in its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.training.models.courses import Certificate, Course, CourseDecision, CourseSession, Enrolment

Subject = Course | CourseSession | Enrolment | Certificate
Snapshot = Mapping[str, Any]

_KEPT: Mapping[type, tuple[str, ...]] = {
    Course: ("title", "status", "capacity", "taken", "waiting", "fee", "enrol_from", "enrol_until"),
    CourseSession: (
        *("space_id", "starts_at", "ends_at", "instructor_id", "status", "plan", "booking_id"),
        *("redated", "reason_code", "note", "closure_id"),
    ),
    Enrolment: ("number", "status", "offer_until", "reason_code"),
    Certificate: ("number", "revoked_at", "revoked_because"),
}
_INSERT = insert(CourseDecision.__table__)  # type: ignore[arg-type]


def snapshot(of: Subject) -> Snapshot:
    return {name: _plain(getattr(of, name)) for name in _KEPT[type(of)]}


def record(
    session: Session, of: Subject, action: str, *, before: Snapshot | None = None, actor: Actor, now: datetime
) -> None:
    """before: what it was; of something new there is none."""
    row = {
        "course_id": of.id if isinstance(of, Course) else of.course_id,
        "subject_id": of.id,
        "at": now,
        "actor_id": actor.id,
        "action": action,
        "before": dict(before or {}),
        "after": dict(snapshot(of)),
    }
    session.execute(_INSERT, row)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
