"""What organisations are recognised as, what they have reached, and what is known for their certification."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.recruitment.models.base import Base, where


class Designation(Base):
    """since, until: both days belong to it; without `until` it has no end. warn_on: when its end is told."""

    __tablename__ = "designations"
    __table_args__ = (
        CheckConstraint("until IS NULL OR since <= until", name="a_designation_ends_after_it_begins"),
        CheckConstraint("(until IS NULL) = (warn_on IS NULL)", name="the_end_of_a_designation_is_told"),
        Index("designations_by_organisation", "organisation_id", "since"),
        Index("designations_to_warn", "warn_on", **where("warned_at IS NULL")),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(40))
    number: Mapped[str | None] = mapped_column(String(100))
    since: Mapped[date]
    until: Mapped[date | None]
    warn_on: Mapped[date | None]
    warned_at: Mapped[datetime | None]
    recorded_by: Mapped[str] = mapped_column(String(100))
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


class Milestone(Base):
    """Something that an organisation has reached."""

    __tablename__ = "milestones"
    __table_args__ = (Index("milestones_by_organisation", "organisation_id", "reached_on"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(200))
    reached_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(String(2000))
    recorded_by: Mapped[str] = mapped_column(String(100))
    recorded_at: Mapped[datetime]


class CertificationFacts(Base):
    """What is known of an organisation with a view to its certification (domain/readiness.py)."""

    __tablename__ = "certification_facts"

    organisation_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    facts: Mapped[dict[str, Any]]
    recorded_by: Mapped[str] = mapped_column(String(100))
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}
