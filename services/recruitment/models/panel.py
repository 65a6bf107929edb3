"""The judges of a call, who judges which application, and who must not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from services.recruitment.models.base import Base, where


class Judge(Base):
    """A judge of a call. marks: of contact data, for conflicts (usecases/marking.py). ties: to organisations, as
    declared: kinship, prior advice. removed_at: not a judge of this call any more.
    """

    __tablename__ = "judges"

    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), primary_key=True)
    judge_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    organisations: Mapped[list[str]]
    marks: Mapped[dict[str, Any]]
    ties: Mapped[list[dict[str, Any]]]
    named_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Assignment(Base):
    """A judge scores an application. ended_at: not any more, by recusal or since they are no judge of the call."""

    __tablename__ = "assignments"
    __table_args__ = (Index("assignments_by_judge", "call_id", "judge_id", **where("ended_at IS NULL")),)

    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    judge_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"))
    assigned_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Recusal(Base):
    """A judge must not see or score an application: excluded by a conflict that was found (제척), challenged (기피) or
    by their own word (회피). Never taken back.
    """

    __tablename__ = "recusals"

    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    judge_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"))
    source: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str] = mapped_column(String(500))
    recorded_by: Mapped[str] = mapped_column(String(100))
    recorded_at: Mapped[datetime]
