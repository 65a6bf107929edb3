"""Booking's tables. The constraints are the backstop of the rules: no two holds of one room overlap, and no equipment
is out more often than there is of it, on both databases.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.booking.contract.vocabulary import RejectReason, Status
from services.booking.domain.application import Application, month_of
from services.booking.domain.fees import Charge
from services.chassis import ids
from services.chassis.period import Period
from services.chassis.tables import RowNumber, UtcDateTime

NOBODY = ""
"""The person of a booking that no person has applied for, or whose person was erased: nobody in particular."""


def _where(condition: str) -> dict[str, Any]:
    """For an index over some of the rows."""
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


class Base(DeclarativeBase):
    type_annotation_map = {
        datetime: UtcDateTime,
        date: Date,
        dict[str, Any]: JSON,
        list[str]: JSON,
        dict[str, int]: JSON,
    }


class Room(Base):
    """An atomic room. Its row is what a decision about the room's time locks."""

    __tablename__ = "rooms"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)


class Piece(Base):
    """A kind of equipment. Its row is what a decision about it locks."""

    __tablename__ = "equipment"
    __table_args__ = (CheckConstraint("quantity >= 0", name="equipment_has_a_quantity"),)

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    quantity: Mapped[int] = mapped_column(Integer)


class Quota(Base):
    """A party's month. Its row is what a decision about the quota or the allowance locks."""

    __tablename__ = "quotas"

    party_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)


class Series(Base):
    """Common data of the bookings of a recurring application. starts_at, ends_at: of its first date."""

    __tablename__ = "series"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    rrule: Mapped[str] = mapped_column(String(500))
    exdates: Mapped[list[str]]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Booking(Base):
    """party_id: the group, or the person alone, whose quota it counts in, in the month in which it begins.

    original_start: of a series, when this date was first planned (its recurrence id). requested_at: when its time and
    space were applied for, which decides the window. decide_by: undecided then, it expires. counts: it takes a place of
    the month's quota, and its part of the allowance. fee, refund: whole won.
    """

    __tablename__ = "bookings"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="booking_ends_after_it_starts"),
        CheckConstraint("attendees > 0", name="booking_has_attendees"),
        CheckConstraint("status <> 'rejected' OR reason_code IS NOT NULL", name="rejection_has_a_reason"),
        Index("bookings_by_requester", "requester_id", "id"),
        Index("bookings_by_group", "group_id", "id"),
        Index("bookings_by_status", "status", "id"),
        Index("bookings_by_start", "space_id", "starts_at"),
        Index("bookings_by_series", "series_id", "starts_at"),
        Index("bookings_in_quota", "party_id", "month", **_where("counts")),
        Index("bookings_by_closure", "closure_id", **_where("closure_id IS NOT NULL")),
        Index("bookings_undecided", "decide_by", **_where("status = 'pending'")),
        Index("bookings_to_warn", "warn_at", **_where("status = 'pending'")),
        Index("bookings_expected", "starts_at", **_where("status = 'approved' AND kind = 'rental'")),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    space_id: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(String(20))
    field: Mapped[str] = mapped_column(String(20))
    attendees: Mapped[int] = mapped_column(Integer)
    equipment: Mapped[dict[str, int]]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    month: Mapped[str] = mapped_column(String(7))
    series_id: Mapped[str | None] = mapped_column(ForeignKey("series.id"))
    original_start: Mapped[datetime | None]
    requester_id: Mapped[str] = mapped_column(String(100))
    requester_name: Mapped[str] = mapped_column(String(200))
    group_id: Mapped[str | None] = mapped_column(String(100))
    party_id: Mapped[str] = mapped_column(String(100))
    counts: Mapped[bool]
    fee: Mapped[int] = mapped_column(Integer)
    refund: Mapped[int | None] = mapped_column(Integer)
    allowance_minutes: Mapped[int] = mapped_column(Integer)
    exemption_ground: Mapped[str | None] = mapped_column(String(100))
    exemption_evidence: Mapped[str | None] = mapped_column(String(500))
    requested_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    decide_by: Mapped[datetime | None]
    warn_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(100))
    reason_code: Mapped[str | None] = mapped_column(String(30))
    note: Mapped[str | None] = mapped_column(Text)
    closure_id: Mapped[str | None] = mapped_column(String(36))
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    @classmethod
    def requested(
        cls, application: Application, period: Period, charge: Charge, *, series: Series | None = None
    ) -> Booking:
        """A pending booking. Its holds are written beside it (usecases/holding.py)."""
        applicant, at = application.applicant, application.applied_at
        booking = cls(
            id=ids.new_id(),
            kind=application.kind,
            status=Status.PENDING,
            series_id=series.id if series else None,
            original_start=period.start if series else None,
            requester_id=applicant.id,
            requester_name=applicant.name,
            group_id=applicant.group_id,
            party_id=applicant.party,
            counts=application.is_rental,
            version=0,
        )
        booking.applied(application, period, charge, at=at)
        return booking

    def applied(self, application: Application, period: Period, charge: Charge, *, at: datetime) -> None:
        """Take the content of an application or of a change."""
        particulars = application.particulars
        self.space_id, self.requested_at = application.space.id, application.applied_at
        self.starts_at, self.ends_at, self.month = period.start, period.end, month_of(period)
        self.title, self.purpose, self.field = particulars.title, particulars.purpose, particulars.field
        self.attendees, self.equipment = particulars.attendees, dict(particulars.equipment)
        claim = particulars.exemption
        self.exemption_ground, self.exemption_evidence = (claim.ground, claim.evidence) if claim else (None, None)
        self.fee, self.allowance_minutes = charge.fee, int(charge.allowance.total_seconds() // 60)
        self._touched(at)

    def decided(
        self, status: Status, *, by: str, at: datetime, reason: RejectReason | None = None, note: str | None = None
    ) -> None:
        self.status, self.decided_by, self.decided_at = status, by, at
        self.reason_code, self.note = reason, note
        self.decide_by = self.warn_at = None
        self._touched(at)

    def given_up(self, *, refund: int, counts: bool) -> None:
        """It has its rooms no more. refund: of the fee. counts: it keeps its place in the quota all the same."""
        self.refund, self.counts = refund, counts

    def reopened(self, *, decide_by: datetime, warn_at: datetime) -> None:
        """Staff have to decide about it, until decide_by; a day before they are reminded."""
        self.status, self.decided_by, self.decided_at = Status.PENDING, None, None
        self.decide_by, self.warn_at = decide_by, warn_at

    def warned(self) -> None:
        self.warn_at = None
        self.version += 1  # each event of a booking has a number of its own

    def _touched(self, at: datetime) -> None:
        self.changed_at = at
        self.version += 1


class Hold(Base):
    """A room is taken for a half-open period, buffers included. It exists as long as the booking has its rooms."""

    __tablename__ = "holds"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="hold_ends_after_it_starts"),
        # In the migration, in each database's words: "no two holds of one room overlap", and the index holds_by_room.
        Index("holds_by_booking", "booking_id"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    booking_id: Mapped[str] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"))
    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class EquipmentUse(Base):
    """So much of a piece of equipment is out for a half-open period, as long as the booking has it."""

    __tablename__ = "equipment_uses"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="use_ends_after_it_starts"),
        CheckConstraint("quantity > 0", name="use_takes_something"),
        # "Equipment is never out more often than there is of it" is in the migration.
        Index("equipment_uses_by_time", "equipment_id", "starts_at"),
        Index("equipment_uses_by_booking", "booking_id"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    booking_id: Mapped[str] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"))
    equipment_id: Mapped[str] = mapped_column(ForeignKey("equipment.id"))
    quantity: Mapped[int] = mapped_column(Integer)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Decision(Base):
    """The audit log: who did what to a booking, when, what it was before and after. Only erasure changes a row."""

    __tablename__ = "decisions"
    __table_args__ = (Index("decisions_by_booking", "booking_id", "id"), Index("decisions_by_actor", "actor_id", "id"))

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    booking_id: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(30))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]


class Penalty(Base):
    """A point that a person got for not coming. ban_until: the end of the ban that it brought, if it brought one."""

    __tablename__ = "penalties"
    __table_args__ = (
        UniqueConstraint("booking_id", name="a_booking_brings_one_penalty"),
        Index("penalties_by_person", "person_id", "imposed_at"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    booking_id: Mapped[str] = mapped_column(String(36))
    person_id: Mapped[str] = mapped_column(String(100))
    imposed_at: Mapped[datetime]
    ban_until: Mapped[datetime | None]


class Closure(Base):
    """Some rooms are closed for a half-open period. lifted_at: nothing of it is left since then.

    settled: every booking that it touches has been cancelled. order_id: of the outside order that it came from.
    """

    __tablename__ = "closures"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="closure_ends_after_it_starts"),
        UniqueConstraint("order_id", name="an_order_closes_once"),
        Index("closures_by_end", "ends_at"),
        Index("closures_unsettled", "id", **_where("NOT settled")),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(500))
    space_ids: Mapped[list[str]]
    rooms: Mapped[list[str]]
    force_majeure: Mapped[bool]
    declared_by: Mapped[str] = mapped_column(String(100))
    declared_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    order_id: Mapped[str | None] = mapped_column(String(200))
    settled: Mapped[bool]
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    def moved(self, end: datetime, *, settled: bool) -> None:
        self.ends_at, self.settled = end, settled
        self.version += 1

    def lifted(self, now: datetime) -> None:
        """Bookings that it has not cancelled yet stay."""
        self.lifted_at, self.settled = now, True
        self.version += 1


class CourseRoom(Base):
    """A course session's wish for a room, as far as its events have been heard. booking_id: of what was granted."""

    __tablename__ = "course_rooms"

    session_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer)
    booking_id: Mapped[str | None] = mapped_column(String(36))


class TenantAllowance(Base):
    """A tenant uses some spaces without a fee, month by month, from and until these days (until: exclusive)."""

    __tablename__ = "allowances"
    __table_args__ = (Index("allowances_by_organisation", "organisation_id"),)

    tenancy_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(String(100))
    from_day: Mapped[date]
    until_day: Mapped[date | None]


class WalkIn(Base):
    """People who came by without a booking: how many are inside, how many came on this day."""

    __tablename__ = "walk_ins"
    __table_args__ = (CheckConstraint("inside >= 0", name="nobody_leaves_who_is_not_inside"),)

    space_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    inside: Mapped[int] = mapped_column(Integer)
    came: Mapped[int] = mapped_column(Integer)


class CalendarKey(Base):
    """The secret in the address of a person's calendar feed, as a hash."""

    __tablename__ = "calendar_keys"

    person_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
