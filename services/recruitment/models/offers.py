"""Units offered to those who passed, and what is left of a call."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.recruitment.models.base import Base, where


class Offer(Base):
    """A unit is offered to an applicant until it expires. person_id: who applied. rank: in the ranking of its kind."""

    __tablename__ = "offers"
    __table_args__ = (
        UniqueConstraint("application_id", name="an_applicant_is_offered_a_unit_once"),
        CheckConstraint("made_at < expires_at", name="an_offer_expires_after_it_is_made"),
        Index(
            "a_unit_is_offered_to_one_at_a_time",
            "unit_id",
            unique=True,
            **where("status IN ('offered', 'accepted')"),
        ),
        Index("offers_by_call", "call_id", "rank"),
        Index("offers_by_person", "person_id", "id"),
        Index("offers_by_organisation", "organisation_id", "id"),
        Index("offers_to_expire", "expires_at", **where("status IN ('offered', 'accepted')")),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"))
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    organisation_id: Mapped[str] = mapped_column(String(100))
    organisation_name: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[str] = mapped_column(String(100))
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[str] = mapped_column(String(20))
    rank: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(100))
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    def decided(self, status: str, *, by: str, at: datetime) -> None:
        self.status, self.decided_by, self.decided_at = status, by, at
        self.version += 1


class Recall(Base):
    """A unit of a call that nobody who waits wants: staff are asked to call for it again."""

    __tablename__ = "recalls"

    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), primary_key=True)
    proposed_at: Mapped[datetime]
