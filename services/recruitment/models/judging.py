"""The log of a selection, the seats of its judges, their comments, and the ranking that it is frozen as."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.recruitment.models.base import Base


class LogEntry(Base):
    """What happened in the selection of a call (domain/selection_log.py). The database refuses to change or remove it,
    but for the actor, who may be erased.
    """

    __tablename__ = "selection_log"
    __table_args__ = (CheckConstraint("sequence > 0", name="a_log_is_numbered_from_one"),)

    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    application_id: Mapped[str] = mapped_column(String(36))
    seat: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(String(100))


class Seat(Base):
    """The number by which a judge stands in the log of a call, so that nobody is named there."""

    __tablename__ = "judge_seats"
    __table_args__ = (UniqueConstraint("call_id", "seat", name="a_seat_is_for_one_judge"),)

    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), primary_key=True)
    judge_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    seat: Mapped[int] = mapped_column(Integer)


class ScoreComment(Base):
    """What a judge wrote beside the points of a log entry, by criterion, and why they were corrected. It is no part of
    the ranking and goes when the call is purged.
    """

    __tablename__ = "score_comments"
    __table_args__ = (
        ForeignKeyConstraint(["call_id", "sequence"], ["selection_log.call_id", "selection_log.sequence"]),
    )

    call_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    comments: Mapped[dict[str, Any]]
    reason: Mapped[str | None] = mapped_column(String(500))


class FrozenRanking(Base):
    """The ranking of a call, as text that can be rebuilt from the first `entries` of its log. Digests: SHA-256."""

    __tablename__ = "rankings"

    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), primary_key=True)
    entries: Mapped[int] = mapped_column(Integer)
    inputs_digest: Mapped[str] = mapped_column(String(64))
    ranking: Mapped[str] = mapped_column(Text)
    ranking_digest: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[str] = mapped_column(String(100))
