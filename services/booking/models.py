"""Booking's tables. The constraints are the backstop of the rules: no two holds of one room overlap, on both
databases.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from services.booking.domain.lifecycle import Purpose, RejectReason, Status
from services.booking.domain.space import Space
from services.chassis import ids
from services.chassis.period import Period
from services.chassis.tables import RowNumber, UtcDateTime


class Base(DeclarativeBase):
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON}


class Room(Base):
    """An atomic room. Its row is what a decision about the room's time locks."""

    __tablename__ = "rooms"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)


class Booking(Base):
    __tablename__ = "bookings"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="booking_ends_after_it_starts"),
        CheckConstraint("attendees > 0", name="booking_has_attendees"),
        CheckConstraint("status <> 'rejected' OR reason_code IS NOT NULL", name="rejection_has_a_reason"),
        Index("bookings_by_requester", "requester_id", "id"),
        Index("bookings_by_status", "status", "id"),
        Index("bookings_by_start", "space_id", "starts_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    space_id: Mapped[str] = mapped_column(String(100))
    status: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(String(20))
    attendees: Mapped[int] = mapped_column(Integer)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    requester_id: Mapped[str] = mapped_column(String(100))
    requester_name: Mapped[str] = mapped_column(String(200))
    group_id: Mapped[str | None] = mapped_column(String(100))
    requested_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(100))
    reason_code: Mapped[str | None] = mapped_column(String(30))
    note: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)

    holds: Mapped[list[Hold]] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    @classmethod
    def requested(
        cls,
        space: Space,
        period: Period,
        *,
        title: str,
        purpose: Purpose,
        attendees: int,
        group_id: str | None,
        requester_id: str,
        requester_name: str,
        at: datetime,
    ) -> Booking:
        """A pending booking that holds its rooms."""
        held = space.held(period)
        return cls(
            id=ids.new_id(),
            space_id=space.id,
            status=Status.PENDING,
            title=title,
            purpose=purpose,
            attendees=attendees,
            starts_at=period.start,
            ends_at=period.end,
            requester_id=requester_id,
            requester_name=requester_name,
            group_id=group_id,
            requested_at=at,
            version=1,
            holds=[Hold(room_id=room, starts_at=held.start, ends_at=held.end) for room in space.rooms],
        )

    def decided(
        self, status: Status, *, by: str, at: datetime, reason: RejectReason | None = None, note: str | None = None
    ) -> None:
        self.status, self.decided_by, self.decided_at = status, by, at
        self.reason_code, self.note = reason, note
        self.version += 1


class Hold(Base):
    """A room is taken for a half-open period, buffers included. It exists as long as the booking has its rooms."""

    __tablename__ = "holds"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="hold_ends_after_it_starts"),
        # "No two holds of one room overlap" is in the migration, in the words of each database.
        Index("holds_by_room", "room_id", "starts_at"),
        Index("holds_by_booking", "booking_id"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    booking_id: Mapped[str] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"))
    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Decision(Base):
    """The audit log: who did what to a booking, when, what it was before and after. Rows are never changed."""

    __tablename__ = "decisions"
    __table_args__ = (Index("decisions_by_booking", "booking_id", "id"),)

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    booking_id: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(30))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
