"""Courses' tables. The constraints are the backstop of the rules: no course has more people than places, no instructor
is in two places, nobody has two places in one course, on both databases.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.tables import RowNumber
from services.training.models.base import Base

NOBODY = ""
"""A person who was erased."""


def _where(condition: str) -> dict[str, Any]:
    """For an index over some of the rows."""
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


class Instructor(Base):
    """A row for everybody who ever taught: what a decision about their time locks."""

    __tablename__ = "instructors"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)


class Course(Base):
    """taken: confirmed and held places. waiting: people on the waiting list. numbered: enrolments there ever were; the
    next one gets the next number, and numbers are the order of the waiting list. fee: whole won. induction: tenants are
    invited to it.
    """

    __tablename__ = "courses"
    __table_args__ = (
        CheckConstraint("capacity > 0", name="course_has_places"),
        CheckConstraint("taken >= 0 AND taken <= capacity", name="no_more_places_are_taken_than_there_are"),
        CheckConstraint("waiting >= 0", name="nobody_waits_less_than_not"),
        CheckConstraint("fee >= 0", name="course_costs_nothing_or_more"),
        CheckConstraint("enrol_from < enrol_until", name="enrolment_closes_after_it_opens"),
        Index("courses_by_status", "status", "id"),
        Index("courses_closing", "enrol_until", **_where("status = 'published'")),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(String(20))
    track: Mapped[str] = mapped_column(String(20))
    induction: Mapped[bool]
    capacity: Mapped[int] = mapped_column(Integer)
    taken: Mapped[int] = mapped_column(Integer)
    waiting: Mapped[int] = mapped_column(Integer)
    numbered: Mapped[int] = mapped_column(Integer)
    fee: Mapped[int] = mapped_column(Integer)
    enrol_from: Mapped[datetime]
    enrol_until: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(100))
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    def became(self, status: str) -> None:
        self.status = status
        self.version += 1

    def counted(self, *, taken: int = 0, waiting: int = 0) -> None:
        """So many more places are taken, so many more people wait; below zero: fewer."""
        self.taken += taken
        self.waiting += waiting
        self.version += 1


class CourseSession(Base):
    """plan: version of the session when its room was last asked for; booking's answer names it. answer_by: no answer by
    then is a refusal. booking_id: of its room. redated: it has had its one new date. space_names: by language, as
    booking tells them with the room.
    """

    __tablename__ = "course_sessions"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="session_ends_after_it_starts"),
        CheckConstraint("status <> 'confirmed' OR booking_id IS NOT NULL", name="confirmed_session_has_a_room"),
        CheckConstraint("status = 'confirmed' OR booking_id IS NULL", name="only_a_confirmed_session_has_a_room"),
        CheckConstraint("status <> 'awaiting_room' OR answer_by IS NOT NULL", name="nobody_awaits_a_room_for_ever"),
        # In the migration, in each database's words: "an instructor is in one place".
        Index("sessions_by_course", "course_id", "starts_at"),
        Index("sessions_by_instructor", "instructor_id", "starts_at"),
        Index("sessions_by_start", "starts_at"),
        Index("sessions_by_booking", "booking_id", **_where("booking_id IS NOT NULL")),
        Index("sessions_awaiting_room", "answer_by", **_where("status = 'awaiting_room'")),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"))
    space_id: Mapped[str] = mapped_column(String(100))
    space_names: Mapped[dict[str, Any]]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    instructor_id: Mapped[str] = mapped_column(String(100))
    instructor_name: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(20))
    plan: Mapped[int] = mapped_column(Integer)
    answer_by: Mapped[datetime | None]
    booking_id: Mapped[str | None] = mapped_column(String(36))
    refusals: Mapped[list[Any]]
    redated: Mapped[bool]
    reason_code: Mapped[str | None] = mapped_column(String(30))
    note: Mapped[str | None] = mapped_column(Text)
    closure_id: Mapped[str | None] = mapped_column(String(36))
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    def planned(self, *, status: str, answer_by: datetime) -> None:
        """Its room is asked for: whatever was before, this plan counts from now on."""
        self.version += 1
        self.status, self.plan, self.answer_by = status, self.version, answer_by
        self.booking_id, self.refusals, self.reason_code, self.note, self.closure_id = None, [], None, None, None

    def granted(self, status: str, *, booking_id: str, space_names: dict[str, str]) -> None:
        self._answered(status)
        self.booking_id, self.space_names = booking_id, space_names

    def refused(self, status: str, refusals: list[Any]) -> None:
        self._answered(status)
        self.refusals = refusals

    def given_up(self, status: str, *, reason: str, note: str | None = None, closure_id: str | None = None) -> None:
        """It is cancelled, or has waited too long for its room."""
        self._answered(status)
        self.booking_id, self.reason_code, self.note, self.closure_id = None, reason, note, closure_id

    def _answered(self, status: str) -> None:
        self.status, self.answer_by = status, None
        self.version += 1


class SessionRoom(Base):
    """A room that booking granted or took back (lost_at), whichever was heard first. Its row is what both of them lock:
    what is taken back before its grant is heard confirms nothing.
    """

    __tablename__ = "session_rooms"

    booking_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    closure_id: Mapped[str | None] = mapped_column(String(36))
    lost_at: Mapped[datetime | None]


class Enrolment(Base):
    """number: its place in the order in which people came. offer_until: while a place is held for the person.

    fee: as it was when the person enrolled, in whole won. reason_code: why it came to its end.
    """

    __tablename__ = "enrolments"
    __table_args__ = (
        UniqueConstraint("course_id", "number", name="nobody_has_anothers_number"),
        CheckConstraint("status <> 'offered' OR offer_until IS NOT NULL", name="offered_place_has_an_end"),
        CheckConstraint(
            "status NOT IN ('lapsed', 'cancelled') OR reason_code IS NOT NULL", name="every_skip_has_a_reason"
        ),
        Index(
            "nobody_has_two_places_in_a_course",
            "course_id",
            "person_id",
            unique=True,
            **_where("status IN ('confirmed', 'waiting', 'offered') AND person_id <> ''"),
        ),
        Index("enrolments_by_person", "person_id", "id"),
        Index("enrolments_waiting", "course_id", "number", **_where("status = 'waiting'")),
        Index("enrolments_offered", "offer_until", **_where("status = 'offered'")),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"))
    person_id: Mapped[str] = mapped_column(String(100))
    person_name: Mapped[str] = mapped_column(String(200))
    number: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(20))
    fee: Mapped[int] = mapped_column(Integer)
    enrolled_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    offer_until: Mapped[datetime | None]
    reason_code: Mapped[str | None] = mapped_column(String(30))
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    def became(
        self, status: str, *, at: datetime, offer_until: datetime | None = None, reason: str | None = None
    ) -> None:
        self.status, self.changed_at, self.offer_until, self.reason_code = status, at, offer_until, reason
        self.version += 1


class Refund(Base):
    """So much is owed back to a person: for a session that was cancelled, or for a place that was given up.

    withdrawn_at: the session got a new date, so that nothing is owed for it any more. amount: whole won.
    """

    __tablename__ = "course_refunds"
    __table_args__ = (
        CheckConstraint("amount > 0", name="refund_is_of_something"),
        Index("refunds_by_enrolment", "enrolment_id"),
        Index("refunds_by_course", "course_id", "id"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"))
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolments.id"))
    session_id: Mapped[str | None] = mapped_column(ForeignKey("course_sessions.id"))
    amount: Mapped[int] = mapped_column(Integer)
    reason_code: Mapped[str] = mapped_column(String(30))
    owed_since: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Mark(Base):
    """Somebody came into a session, or left it. nonce: whoever recorded it chose it; the same one is the same mark."""

    __tablename__ = "attendance_marks"
    __table_args__ = (
        UniqueConstraint("session_id", "nonce", name="a_nonce_is_counted_once"),
        CheckConstraint("direction IN ('in', 'out')", name="one_comes_or_goes"),
        Index("marks_by_person", "session_id", "person_id", "at"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("course_sessions.id"))
    nonce: Mapped[str] = mapped_column(String(100))
    person_id: Mapped[str] = mapped_column(String(100))
    direction: Mapped[str] = mapped_column(String(3))
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(100))


class CertificateYear(Base):
    """The last number given in a year. Its row is what giving the next one locks."""

    __tablename__ = "certificate_years"

    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


class Certificate(Base):
    """What stands on it is kept as it was. code: for verification, not to be guessed; None when its person is erased.

    minutes, of: attended, and held.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("number", name="a_number_is_given_once"),
        UniqueConstraint("code", name="a_code_leads_to_one_certificate"),
        UniqueConstraint("enrolment_id", name="an_enrolment_brings_one_certificate"),
        CheckConstraint("minutes <= of_minutes", name="nobody_attends_more_than_was_held"),
        CheckConstraint("revoked_at IS NULL OR revoked_because IS NOT NULL", name="revocation_has_a_reason"),
        Index("certificates_by_person", "person_id", "id"),
        Index("certificates_by_course", "course_id", "id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(30))
    code: Mapped[str | None] = mapped_column(String(30))
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"))
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolments.id"))
    person_id: Mapped[str] = mapped_column(String(100))
    person_name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(20))
    track: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[int] = mapped_column(Integer)
    of_minutes: Mapped[int] = mapped_column(Integer)
    first_day: Mapped[date]
    last_day: Mapped[date]
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_because: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    def revoked(self, *, because: str, at: datetime) -> None:
        self.revoked_at, self.revoked_because = at, because
        self.version += 1


class Invitation(Base):
    """A tenant is to come to the induction course. course_id: once there was one to invite to."""

    __tablename__ = "induction_invitations"
    __table_args__ = (Index("invitations_open", "tenancy_id", **_where("course_id IS NULL")),)

    tenancy_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(String(100))
    person_id: Mapped[str] = mapped_column(String(100))
    course_id: Mapped[str | None] = mapped_column(ForeignKey("courses.id"))
    invited_at: Mapped[datetime | None]


class CourseDecision(Base):
    """The audit log: who did what to a course, a session, an enrolment or a certificate (subject_id), when, what it was
    before and after. Only erasure changes a row.
    """

    __tablename__ = "course_decisions"
    __table_args__ = (Index("decisions_by_course", "course_id", "id"), Index("course_decisions_by_actor", "actor_id"))

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    course_id: Mapped[str] = mapped_column(String(36))
    subject_id: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(30))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
