"""Consulting, and the sales channels that organisations are introduced to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.training.contract.vocabulary import ConsultationStatus as Status
from services.training.domain.support.consulting import Match
from services.training.models.base import Base
from services.training.models.support.bases import NOBODY


class Consultant(Base):
    """Somebody who gives advice on some topics. most: consultations that they take on at once."""

    __tablename__ = "consultants"
    __table_args__ = (CheckConstraint("most >= 0", name="consultant_takes_on_a_number"),)

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    topics: Mapped[list[str]]
    most: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool]


class Consultation(Base):
    """match_reason: why this consultant, as it was when they were chosen. satisfaction: 1 to 5."""

    __tablename__ = "consultations"
    __table_args__ = (
        CheckConstraint("satisfaction IS NULL OR satisfaction BETWEEN 1 AND 5", name="satisfaction_is_1_to_5"),
        CheckConstraint(
            "status NOT IN ('assigned', 'reported', 'rated') OR consultant_id IS NOT NULL",
            name="whoever_advises_is_known",
        ),
        Index("consultations_by_requester", "requester_id", "id"),
        Index("consultations_by_organisation", "organisation_id", "id"),
        Index("consultations_by_consultant", "consultant_id", "status"),
        Index("consultations_by_status", "status", "id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    topic: Mapped[str] = mapped_column(String(20))
    field: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    need: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    requester_id: Mapped[str] = mapped_column(String(100))
    requester_name: Mapped[str] = mapped_column(String(200))
    organisation_id: Mapped[str | None] = mapped_column(String(100))
    requested_at: Mapped[datetime]
    diagnosis: Mapped[str | None] = mapped_column(Text)
    diagnosed_by: Mapped[str | None] = mapped_column(String(100))
    consultant_id: Mapped[str | None] = mapped_column(String(100))
    match_reason: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    assigned_at: Mapped[datetime | None]
    assigned_by: Mapped[str | None] = mapped_column(String(100))
    report: Mapped[str | None] = mapped_column(Text)
    reported_at: Mapped[datetime | None]
    satisfaction: Mapped[int | None] = mapped_column(Integer)
    comment: Mapped[str | None] = mapped_column(Text)
    rated_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    def diagnosed(self, status: Status, diagnosis: str, topic: str | None, *, by: str) -> None:
        """topic: where the diagnosis found another one than was asked about."""
        self.status, self.diagnosis, self.diagnosed_by = status, diagnosis, by
        self.topic = topic or self.topic
        self.version += 1

    def assigned(self, status: Status, match: Match, *, by: str, at: datetime) -> None:
        self.status, self.consultant_id = status, match.consultant.id
        self.match_reason, self.assigned_by, self.assigned_at = dict(match.reason), by, at
        self.version += 1

    def forget_considered(self, person_id: str) -> None:
        """That somebody was considered for it stays, who it was does not."""
        if self.match_reason is not None:
            considered = [
                {**each, "consultant_id": NOBODY} if each["consultant_id"] == person_id else each
                for each in self.match_reason["considered"]
            ]
            self.match_reason = {**self.match_reason, "considered": considered}
            self.version += 1

    def reported(self, status: Status, report: str, *, at: datetime) -> None:
        self.status, self.report, self.reported_at = status, report, at
        self.version += 1

    def rated(self, status: Status, satisfaction: int, comment: str | None, *, at: datetime) -> None:
        self.status, self.satisfaction, self.comment, self.rated_at = status, satisfaction, comment, at
        self.version += 1


class ConsultationLog(Base):
    """A session of a consultation, as its consultant wrote it down."""

    __tablename__ = "consultation_logs"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="a_session_takes_time"),
        Index("consultation_logs_by_consultation", "consultation_id", "id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    author_id: Mapped[str] = mapped_column(String(100), default=NOBODY)
    held_at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(Integer)
    notes: Mapped[str] = mapped_column(Text)


class Opportunity(Base):
    """Where something can be sold: a fair, a public tender, a shop. closes_on: the last day to be introduced."""

    __tablename__ = "opportunities"
    __table_args__ = (Index("opportunities_by_end", "closes_on", "id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    organiser: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(20))
    description: Mapped[str] = mapped_column(Text)
    closes_on: Mapped[date | None]
    entered_by: Mapped[str] = mapped_column(String(100))
    entered_at: Mapped[datetime]


class Introduction(Base):
    """An organisation was introduced to an opportunity. amount: won, of the contract that it brought."""

    __tablename__ = "introductions"
    __table_args__ = (
        UniqueConstraint("opportunity_id", "organisation_id", name="an_organisation_is_introduced_once"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount_is_not_negative"),
        Index("introductions_by_organisation", "organisation_id", "id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    opportunity_id: Mapped[str] = mapped_column(ForeignKey("opportunities.id"))
    organisation_id: Mapped[str] = mapped_column(String(100))
    organisation_name: Mapped[str] = mapped_column(String(200))
    consultation_id: Mapped[str | None] = mapped_column(ForeignKey("consultations.id"))
    introduced_by: Mapped[str] = mapped_column(String(100))
    introduced_at: Mapped[datetime]
    result: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(Text)
    result_at: Mapped[datetime | None]
