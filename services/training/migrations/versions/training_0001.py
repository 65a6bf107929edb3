"""Courses, their sessions, enrolments, attendance, certificates. An instructor is in one place at a time."""

import sqlalchemy as sa
from alembic import op

revision = "training_0001"
down_revision = None
branch_labels = ("training",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

ONE_PLACE_ON_SQLITE = """
CREATE TRIGGER an_instructor_is_in_one_place_{event} BEFORE {event} ON course_sessions
WHEN NEW.status IN ('awaiting_room', 'confirmed') AND NEW.instructor_id <> '' AND EXISTS (
    SELECT 1 FROM course_sessions
    WHERE instructor_id = NEW.instructor_id AND id <> NEW.id AND status IN ('awaiting_room', 'confirmed')
    AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at
)
BEGIN SELECT RAISE(ABORT, 'an_instructor_is_in_one_place'); END
"""

ONE_PLACE_ON_POSTGRESQL = """
ALTER TABLE course_sessions ADD CONSTRAINT an_instructor_is_in_one_place
EXCLUDE USING gist (instructor_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
WHERE (status IN ('awaiting_room', 'confirmed') AND instructor_id <> '')
"""


def upgrade() -> None:
    _courses()
    _sessions()
    _enrolments()
    _attendance()
    _certificates()
    op.create_table(
        "induction_invitations",
        sa.Column("tenancy_id", sa.String(100), primary_key=True),
        sa.Column("organisation_id", sa.String(100), nullable=False),
        sa.Column("person_id", sa.String(100), nullable=False),
        sa.Column("course_id", sa.String(36), sa.ForeignKey("courses.id")),
        sa.Column("invited_at", MOMENT),
    )
    _index("invitations_open", "induction_invitations", ["tenancy_id"], where="course_id IS NULL")
    op.create_table(
        "course_decisions",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("course_id", sa.String(36), nullable=False),
        sa.Column("subject_id", sa.String(36), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", sa.String(100), nullable=False),
        sa.Column("action", sa.String(30), nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
    )
    op.create_index("decisions_by_course", "course_decisions", ["course_id", "id"])
    op.create_index("course_decisions_by_actor", "course_decisions", ["actor_id"])


def _courses() -> None:
    op.create_table(
        "courses",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("track", sa.String(20), nullable=False),
        sa.Column("induction", sa.Boolean, nullable=False),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.Column("waiting", sa.Integer, nullable=False),
        sa.Column("numbered", sa.Integer, nullable=False),
        sa.Column("fee", sa.Integer, nullable=False),
        sa.Column("enrol_from", MOMENT, nullable=False),
        sa.Column("enrol_until", MOMENT, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.String(100), nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("capacity > 0", name="course_has_places"),
        sa.CheckConstraint("taken >= 0 AND taken <= capacity", name="no_more_places_are_taken_than_there_are"),
        sa.CheckConstraint("waiting >= 0", name="nobody_waits_less_than_not"),
        sa.CheckConstraint("fee >= 0", name="course_costs_nothing_or_more"),
        sa.CheckConstraint("enrol_from < enrol_until", name="enrolment_closes_after_it_opens"),
    )
    op.create_index("courses_by_status", "courses", ["status", "id"])
    _index("courses_closing", "courses", ["enrol_until"], where="status = 'published'")


def _sessions() -> None:
    op.create_table("instructors", sa.Column("id", sa.String(100), primary_key=True))
    op.create_table(
        "course_sessions",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("course_id", sa.String(36), sa.ForeignKey("courses.id"), nullable=False),
        sa.Column("space_id", sa.String(100), nullable=False),
        sa.Column("space_names", sa.JSON, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("instructor_id", sa.String(100), nullable=False),
        sa.Column("instructor_name", sa.String(200), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("plan", sa.Integer, nullable=False),
        sa.Column("answer_by", MOMENT),
        sa.Column("booking_id", sa.String(36)),
        sa.Column("refusals", sa.JSON, nullable=False),
        sa.Column("redated", sa.Boolean, nullable=False),
        sa.Column("reason_code", sa.String(30)),
        sa.Column("note", sa.Text),
        sa.Column("closure_id", sa.String(36)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name="session_ends_after_it_starts"),
        sa.CheckConstraint("status <> 'confirmed' OR booking_id IS NOT NULL", name="confirmed_session_has_a_room"),
        sa.CheckConstraint("status = 'confirmed' OR booking_id IS NULL", name="only_a_confirmed_session_has_a_room"),
        sa.CheckConstraint("status <> 'awaiting_room' OR answer_by IS NOT NULL", name="nobody_awaits_a_room_for_ever"),
    )
    op.create_index("sessions_by_course", "course_sessions", ["course_id", "starts_at"])
    op.create_index("sessions_by_instructor", "course_sessions", ["instructor_id", "starts_at"])
    op.create_index("sessions_by_start", "course_sessions", ["starts_at"])
    _index("sessions_by_booking", "course_sessions", ["booking_id"], where="booking_id IS NOT NULL")
    _index("sessions_awaiting_room", "course_sessions", ["answer_by"], where="status = 'awaiting_room'")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(ONE_PLACE_ON_POSTGRESQL)
    else:
        for event in ("INSERT", "UPDATE"):
            op.execute(ONE_PLACE_ON_SQLITE.format(event=event))

    op.create_table(
        "session_rooms",
        sa.Column("booking_id", sa.String(36), primary_key=True),
        sa.Column("closure_id", sa.String(36)),
        sa.Column("lost_at", MOMENT),
    )


def _enrolments() -> None:
    op.create_table(
        "enrolments",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("course_id", sa.String(36), sa.ForeignKey("courses.id"), nullable=False),
        sa.Column("person_id", sa.String(100), nullable=False),
        sa.Column("person_name", sa.String(200), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("fee", sa.Integer, nullable=False),
        sa.Column("enrolled_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("offer_until", MOMENT),
        sa.Column("reason_code", sa.String(30)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("course_id", "number", name="nobody_has_anothers_number"),
        sa.CheckConstraint("status <> 'offered' OR offer_until IS NOT NULL", name="offered_place_has_an_end"),
        sa.CheckConstraint(
            "status NOT IN ('lapsed', 'cancelled') OR reason_code IS NOT NULL", name="every_skip_has_a_reason"
        ),
    )
    live = "status IN ('confirmed', 'waiting', 'offered') AND person_id <> ''"
    _index("nobody_has_two_places_in_a_course", "enrolments", ["course_id", "person_id"], where=live, unique=True)
    op.create_index("enrolments_by_person", "enrolments", ["person_id", "id"])
    _index("enrolments_waiting", "enrolments", ["course_id", "number"], where="status = 'waiting'")
    _index("enrolments_offered", "enrolments", ["offer_until"], where="status = 'offered'")
    op.create_table(
        "course_refunds",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("course_id", sa.String(36), sa.ForeignKey("courses.id"), nullable=False),
        sa.Column("enrolment_id", sa.String(36), sa.ForeignKey("enrolments.id"), nullable=False),
        sa.Column("session_id", sa.String(36), sa.ForeignKey("course_sessions.id")),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("reason_code", sa.String(30), nullable=False),
        sa.Column("owed_since", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.CheckConstraint("amount > 0", name="refund_is_of_something"),
    )
    op.create_index("refunds_by_enrolment", "course_refunds", ["enrolment_id"])
    op.create_index("refunds_by_course", "course_refunds", ["course_id", "id"])


def _attendance() -> None:
    op.create_table(
        "attendance_marks",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("session_id", sa.String(36), sa.ForeignKey("course_sessions.id"), nullable=False),
        sa.Column("nonce", sa.String(100), nullable=False),
        sa.Column("person_id", sa.String(100), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.String(100), nullable=False),
        sa.UniqueConstraint("session_id", "nonce", name="a_nonce_is_counted_once"),
        sa.CheckConstraint("direction IN ('in', 'out')", name="one_comes_or_goes"),
    )
    op.create_index("marks_by_person", "attendance_marks", ["session_id", "person_id", "at"])


def _certificates() -> None:
    op.create_table(
        "certificate_years",
        sa.Column("year", sa.Integer, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )
    op.create_table(
        "certificates",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("code", sa.String(30)),
        sa.Column("course_id", sa.String(36), sa.ForeignKey("courses.id"), nullable=False),
        sa.Column("enrolment_id", sa.String(36), sa.ForeignKey("enrolments.id"), nullable=False),
        sa.Column("person_id", sa.String(100), nullable=False),
        sa.Column("person_name", sa.String(200), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("track", sa.String(20), nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("of_minutes", sa.Integer, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.Column("revoked_because", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("number", name="a_number_is_given_once"),
        sa.UniqueConstraint("code", name="a_code_leads_to_one_certificate"),
        sa.UniqueConstraint("enrolment_id", name="an_enrolment_brings_one_certificate"),
        sa.CheckConstraint("minutes <= of_minutes", name="nobody_attends_more_than_was_held"),
        sa.CheckConstraint("revoked_at IS NULL OR revoked_because IS NOT NULL", name="revocation_has_a_reason"),
    )
    op.create_index("certificates_by_person", "certificates", ["person_id", "id"])
    op.create_index("certificates_by_course", "certificates", ["course_id", "id"])


def downgrade() -> None:
    for table in (
        *("course_decisions", "induction_invitations", "certificates", "certificate_years", "attendance_marks"),
        *("course_refunds", "enrolments", "session_rooms", "course_sessions", "instructors", "courses"),
    ):
        op.drop_table(table)


def _index(name: str, table: str, columns: list[str], *, where: str, unique: bool = False) -> None:
    """Over some of the rows."""
    op.create_index(name, table, columns, unique=unique, postgresql_where=sa.text(where), sqlite_where=sa.text(where))
