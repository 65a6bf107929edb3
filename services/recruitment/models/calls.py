"""Public calls: their calendar, the units that they offer, what applications are judged by, and their corrections."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.chassis.tables import RowNumber
from services.recruitment.models.base import Base, where


class Unit(Base):
    """An office or a co-working seat. Its row is what a decision about the unit locks; its size and value are in the
    profile.
    """

    __tablename__ = "units"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))


class Call(Base):
    """Immutable once it is published, but for corrections.

    code: what people call it by, as "2020-1". documents: kinds that an application needs. eligibility: the rules by
    id, each with what it reckons with. terms: the numbers of the selection (shortlist, judges, scoring, offers,
    retention), as the profile had them when the call was made. receipts_given: so many, so far.
    pepper: a secret with which marks of contact data are made; gone when the call is purged. results_at: when the
    results were published. purged_at: when the rejected applicants' data went.
    """

    __tablename__ = "calls"
    __table_args__ = (
        UniqueConstraint("code", name="a_call_has_a_code_of_its_own"),
        CheckConstraint("intake_opens_at < intake_closes_at", name="intake_closes_after_it_opens"),
        CheckConstraint("interviews_start < interviews_end", name="interviews_end_after_they_start"),
        CheckConstraint("status <> 'published' OR published_at IS NOT NULL", name="a_published_call_has_its_moment"),
        Index("calls_by_status", "status", "id"),
        Index("calls_unpurged", "results_at", **where("purged_at IS NULL")),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    notice_on: Mapped[date]
    intake_opens_at: Mapped[datetime]
    intake_closes_at: Mapped[datetime]
    screening_on: Mapped[date]
    interviews_start: Mapped[datetime]
    interviews_end: Mapped[datetime]
    result_on: Mapped[date]
    contract_by: Mapped[date]
    move_in_on: Mapped[date]
    documents: Mapped[list[str]]
    eligibility: Mapped[dict[str, Any]]
    terms: Mapped[dict[str, Any]]
    interviews_blocked_by: Mapped[str | None] = mapped_column(String(36))
    receipts_given: Mapped[int] = mapped_column(Integer)
    pepper: Mapped[str] = mapped_column(String(64))
    created_by: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    shortlisted_at: Mapped[datetime | None]
    results_at: Mapped[datetime | None]
    purged_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(Integer)

    offered: Mapped[list[OfferedUnit]] = relationship(
        order_by="OfferedUnit.unit_id", lazy="selectin", cascade="all, delete-orphan"
    )
    criteria: Mapped[list[Criterion]] = relationship(
        order_by="Criterion.position", lazy="selectin", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


class OfferedUnit(Base):
    """A unit that a call offers. kind: of the unit, which applicants apply for."""

    __tablename__ = "offered_units"

    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))


class Criterion(Base):
    """What applications of a call are scored by. names: by language. points: at most. optional: judges may
    skip it.
    """

    __tablename__ = "criteria"
    __table_args__ = (CheckConstraint("points > 0", name="a_criterion_is_worth_something"),)

    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    names: Mapped[dict[str, Any]]
    points: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    optional: Mapped[bool] = mapped_column(default=False)


class Correction(Base):
    """What was changed in a published call, why, and by whom. Everybody may read it."""

    __tablename__ = "corrections"
    __table_args__ = (UniqueConstraint("call_id", "number", name="corrections_of_a_call_are_numbered"),)

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"))
    number: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(String(100))
    reason: Mapped[str] = mapped_column(String(500))
    closure_id: Mapped[str | None] = mapped_column(String(36))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
