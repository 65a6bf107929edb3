"""What screening found, what was decided about calls and applications, and what a purge took away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.tables import RowNumber
from services.recruitment.models.base import Base


class Verdict(Base):
    """What one rule says of an application, as staff confirmed it. reason: a code; details: what fills its words."""

    __tablename__ = "verdicts"

    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(String(50), primary_key=True)
    passed: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(String(50))
    details: Mapped[dict[str, Any]]
    confirmed_by: Mapped[str] = mapped_column(String(100))
    confirmed_at: Mapped[datetime]


class Decision(Base):
    """The audit log: who did what to a call or application, when, why, what it was before and after.

    Only erasure and purging change a row.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        Index("decisions_by_subject", "subject_id", "id"),
        Index("decisions_by_call", "call_id", "id"),
        Index("decisions_by_actor", "actor_id", "id"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    subject_id: Mapped[str] = mapped_column(String(36))
    call_id: Mapped[str | None] = mapped_column(String(36))
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str | None] = mapped_column(String(500))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]


class Purge(Base):
    """The report of what went from a call: numbers only."""

    __tablename__ = "purges"

    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), primary_key=True)
    at: Mapped[datetime]
    report: Mapped[dict[str, Any]]
