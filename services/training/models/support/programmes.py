"""The grant programme: communities, who accompanies them, and the visits to them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.training.contract.vocabulary import VisitStatus as Status
from services.training.models.base import Base
from services.training.models.support.bases import where


class Programme(Base):
    """A year's grants of one stage. ceiling: won that a community gets at most. by_award: no staff opened it, the first
    award of its stage did. Its row is what an assignment locks.
    """

    __tablename__ = "programmes"
    __table_args__ = (
        CheckConstraint("ceiling > 0", name="programme_has_a_ceiling"),
        Index("programmes_by_year", "year", "stage"),
        Index("awards_open_one_programme_a_stage", "year", "stage", unique=True, **where("by_award")),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    year: Mapped[int] = mapped_column(Integer)
    stage: Mapped[str] = mapped_column(String(20))
    field: Mapped[str] = mapped_column(String(20))
    ceiling: Mapped[int] = mapped_column(BigInteger)
    opened_by: Mapped[str] = mapped_column(String(100))
    opened_at: Mapped[datetime]
    by_award: Mapped[bool] = mapped_column(default=False)


class Community(Base):
    """A village community. representative_id: the person who speaks for it, where that is known."""

    __tablename__ = "communities"
    __table_args__ = (
        UniqueConstraint("name", "area", name="a_community_is_known_once"),
        CheckConstraint("members IS NULL OR members > 0", name="community_has_members"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    area: Mapped[str] = mapped_column(String(100))
    field: Mapped[str] = mapped_column(String(20))
    members: Mapped[int | None] = mapped_column(Integer)
    representative_id: Mapped[str | None] = mapped_column(String(100))
    founded_on: Mapped[date | None]
    entered_at: Mapped[datetime]


class Support(Base):
    """A community in a programme, and who accompanies it. amount: won. grant_id: of the award, as its giver has it."""

    __tablename__ = "supports"
    __table_args__ = (
        UniqueConstraint("programme_id", "community_id", name="a_community_is_in_a_programme_once"),
        UniqueConstraint("grant_id", name="a_grant_is_awarded_once"),
        CheckConstraint("amount > 0", name="a_grant_is_some_money"),
        Index("supports_by_activist", "activist_id"),
        Index("supports_by_community", "community_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    community_id: Mapped[str] = mapped_column(ForeignKey("communities.id"))
    amount: Mapped[int] = mapped_column(BigInteger)
    grant_id: Mapped[str | None] = mapped_column(String(200))
    activist_id: Mapped[str | None] = mapped_column(String(100))
    assigned_at: Mapped[datetime | None]
    entered_at: Mapped[datetime]


class Activist(Base):
    """Somebody in the register of activists. certificate: the number of the one that brought them in. active:
    communities are given to them.
    """

    __tablename__ = "activists"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(20))
    area: Mapped[str] = mapped_column(String(100))
    certificate: Mapped[str | None] = mapped_column(String(100))
    active: Mapped[bool]
    since: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


class Visit(Base):
    """remind_at: without a report by then the activist is reminded; None: was reminded, or there is no need."""

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint("status <> 'reported' OR report IS NOT NULL", name="a_reported_visit_has_its_report"),
        Index("visits_by_activist", "activist_id", "id"),
        Index("visits_by_community", "community_id", "id"),
        Index("visits_unreported", "remind_at", **where("remind_at IS NOT NULL")),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    community_id: Mapped[str] = mapped_column(ForeignKey("communities.id"))
    activist_id: Mapped[str] = mapped_column(String(100))
    purpose: Mapped[str] = mapped_column(String(200))
    visit_at: Mapped[datetime]
    planned_by: Mapped[str] = mapped_column(String(100))
    planned_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(20))
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    report: Mapped[str | None] = mapped_column(Text)
    attendees: Mapped[int | None] = mapped_column(Integer)
    minutes: Mapped[int | None] = mapped_column(Integer)
    reported_at: Mapped[datetime | None]
    reported_by: Mapped[str | None] = mapped_column(String(100))
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    def reported(self, status: Status, report: str, *, attendees: int, minutes: int, by: str, at: datetime) -> None:
        self.status, self.report, self.attendees, self.minutes = status, report, attendees, minutes
        self.reported_by, self.reported_at, self.remind_at = by, at, None
        self.version += 1

    def cancelled(self, status: Status) -> None:
        self.status, self.remind_at = status, None
        self.version += 1

    def reminded(self, at: datetime) -> None:
        self.remind_at, self.reminded_at = None, at
        self.version += 1
