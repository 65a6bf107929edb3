"""The public-private network, and what was heard of the centre's tenants."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.training.models.base import Base
from services.training.models.support.bases import where


class Member(Base):
    """An organisation or office in the network. person_id: who comes for it, where that is known."""

    __tablename__ = "network_members"
    __table_args__ = (UniqueConstraint("name", "side", name="a_member_is_known_once"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    side: Mapped[str] = mapped_column(String(20))
    field: Mapped[str] = mapped_column(String(20))
    area: Mapped[str] = mapped_column(String(100))
    person_id: Mapped[str | None] = mapped_column(String(100))
    joined_on: Mapped[date]
    entered_at: Mapped[datetime]


class Meeting(Base):
    __tablename__ = "network_meetings"
    __table_args__ = (Index("network_meetings_by_time", "held_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(20))
    held_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200))
    member_ids: Mapped[list[str]]
    minutes: Mapped[str] = mapped_column(Text)
    entered_by: Mapped[str] = mapped_column(String(100))


class ActionItem(Base):
    """remind_at: its owner is told then; None: was told, or there is no need."""

    __tablename__ = "network_actions"
    __table_args__ = (
        CheckConstraint("status <> 'done' OR done_at IS NOT NULL", name="what_is_done_has_its_time"),
        Index("network_actions_by_owner", "owner_id", "id"),
        Index("network_actions_due", "remind_at", **where("remind_at IS NOT NULL")),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    meeting_id: Mapped[str | None] = mapped_column(ForeignKey("network_meetings.id"))
    title: Mapped[str] = mapped_column(String(200))
    owner_id: Mapped[str] = mapped_column(String(100))
    owner_name: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]
    status: Mapped[str] = mapped_column(String(20))
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    entered_by: Mapped[str] = mapped_column(String(100))
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    def finished(self, status: str, at: datetime) -> None:
        self.status, self.done_at, self.remind_at = status, at, None
        self.version += 1

    def reminded(self, at: datetime) -> None:
        self.remind_at, self.reminded_at = None, at
        self.version += 1


class Milestone(Base):
    """What another service told of a tenant: counted in the yearly report. key: of what happened, so that it counts
    once however often and in whatever order it is told.
    """

    __tablename__ = "milestones"
    __table_args__ = (Index("milestones_by_day", "happened_on"),)

    key: Mapped[str] = mapped_column(String(250), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[str] = mapped_column(String(100))
    happened_on: Mapped[date]
