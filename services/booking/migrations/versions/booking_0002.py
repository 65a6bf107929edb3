"""Series, equipment, quotas, fees, penalties, closures, course rooms, allowances, walk-ins and calendar feeds."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from services.chassis.tables import UtcDateTime

revision = "booking_0002"
down_revision = "booking_0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

# Read at the moment that a use is written, for each moment of it at which another use begins (or it does itself).
OUT_AT_ONCE = """
SELECT 1 FROM (
    SELECT NEW.starts_at AS at
    UNION SELECT starts_at FROM equipment_uses
    WHERE equipment_id = NEW.equipment_id AND starts_at > NEW.starts_at AND starts_at < NEW.ends_at
) AS moments
WHERE (
    SELECT sum(quantity) FROM equipment_uses
    WHERE equipment_id = NEW.equipment_id AND starts_at <= moments.at AND ends_at > moments.at
) > (SELECT quantity FROM equipment WHERE id = NEW.equipment_id)
"""

USES_ON_SQLITE = f"""
CREATE TRIGGER equipment_is_never_out_more_often_than_there_is AFTER INSERT ON equipment_uses
WHEN EXISTS ({OUT_AT_ONCE})
BEGIN SELECT RAISE(ABORT, 'equipment_is_never_out_more_often_than_there_is'); END
"""

USES_ON_POSTGRESQL = (
    f"""
CREATE FUNCTION equipment_is_never_out_more_often_than_there_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever else writes a use of it waits here, and then sees this one.
    PERFORM 1 FROM equipment WHERE id = NEW.equipment_id FOR NO KEY UPDATE;
    IF EXISTS ({OUT_AT_ONCE}) THEN
        RAISE EXCEPTION 'equipment_is_never_out_more_often_than_there_is' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NULL;
END $$
""",
    """
CREATE TRIGGER equipment_is_never_out_more_often_than_there_is AFTER INSERT ON equipment_uses
FOR EACH ROW EXECUTE FUNCTION equipment_is_never_out_more_often_than_there_is()
""",
)

# A room's holds never overlap: only the last one that starts before the end of another can reach into it.
OVERLAP_ON_SQLITE = """
CREATE TRIGGER no_two_holds_of_one_room_overlap_{event} BEFORE {event} ON holds
WHEN NEW.starts_at < (
    SELECT ends_at FROM holds
    WHERE room_id = NEW.room_id AND starts_at < NEW.ends_at AND id IS NOT NEW.id
    ORDER BY starts_at DESC LIMIT 1
)
BEGIN SELECT RAISE(ABORT, 'no_two_holds_of_one_room_overlap'); END
"""

NEW_COLUMNS = (
    sa.Column("kind", sa.String(20), nullable=False, server_default="rental"),
    sa.Column("field", sa.String(20), nullable=False, server_default="both"),
    sa.Column("equipment", sa.JSON, nullable=False, server_default="{}"),
    sa.Column("month", sa.String(7), nullable=False, server_default=""),
    sa.Column("original_start", MOMENT),
    sa.Column("party_id", sa.String(100), nullable=False, server_default=""),
    sa.Column("counts", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("fee", sa.Integer, nullable=False, server_default="0"),
    sa.Column("refund", sa.Integer),
    sa.Column("allowance_minutes", sa.Integer, nullable=False, server_default="0"),
    sa.Column("exemption_ground", sa.String(100)),
    sa.Column("exemption_evidence", sa.String(500)),
    sa.Column("changed_at", MOMENT, nullable=False, server_default="2020-01-01 00:00:00+00:00"),
    sa.Column("decide_by", MOMENT),
    sa.Column("warn_at", MOMENT),
    sa.Column("closure_id", sa.String(36)),
)


def upgrade() -> None:
    _series()
    for column in NEW_COLUMNS:
        op.add_column("bookings", column)
    _bring_up_to_date()
    op.create_index("bookings_by_group", "bookings", ["group_id", "id"])
    op.create_index("bookings_by_series", "bookings", ["series_id", "starts_at"])
    _partial_index("bookings_in_quota", "bookings", ["party_id", "month"], "counts")
    _partial_index("bookings_by_closure", "bookings", ["closure_id"], "closure_id IS NOT NULL")
    _partial_index("bookings_undecided", "bookings", ["decide_by"], "status = 'pending'")
    _partial_index("bookings_expected", "bookings", ["starts_at"], "status = 'approved' AND kind = 'rental'")
    op.create_index("decisions_by_actor", "decisions", ["actor_id", "id"])
    _holds()
    _equipment()
    _people()
    _closures()


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, postgresql_where=sa.text(where), sqlite_where=sa.text(where))


def _series() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("rrule", sa.String(500), nullable=False),
        sa.Column("exdates", sa.JSON, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("bookings", sa.Column("series_id", sa.String(36), sa.ForeignKey("series.id")))
    else:
        op.execute("ALTER TABLE bookings ADD COLUMN series_id VARCHAR(36) REFERENCES series (id)")


def _bring_up_to_date() -> None:
    """Applications from before: they count in their party's month, and staff have three more days to decide."""
    bookings = sa.table(
        "bookings",
        sa.column("id"),
        sa.column("status"),
        sa.column("starts_at", UtcDateTime()),
        sa.column("requested_at", UtcDateTime()),
        sa.column("requester_id"),
        sa.column("group_id"),
        sa.column("month"),
        sa.column("party_id"),
        sa.column("counts", sa.Boolean()),
        sa.column("changed_at", UtcDateTime()),
        sa.column("decide_by", UtcDateTime()),
        sa.column("warn_at", UtcDateTime()),
    )
    profile = sa.table("profile", sa.column("content", sa.JSON()))
    connection = op.get_bind()
    for row in connection.execute(sa.select(bookings)).all():
        zone = ZoneInfo(connection.execute(sa.select(profile.c.content)).scalar_one()["centre"]["zone"])
        pending = row.status == "pending"
        connection.execute(
            sa.update(bookings)
            .where(bookings.c.id == row.id)
            .values(
                month=f"{row.starts_at.astimezone(zone):%Y-%m}",
                party_id=row.group_id or row.requester_id,
                counts=row.status in {"pending", "approved"},
                changed_at=row.requested_at,
                decide_by=row.requested_at + timedelta(days=3) if pending else None,
                warn_at=row.requested_at + timedelta(days=2) if pending else None,
            )
        )


def _holds() -> None:
    """The search reads the index alone; SQLite's trigger looks at one hold instead of at all of the room."""
    op.drop_index("holds_by_room", "holds")
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("holds_by_room", "holds", ["room_id", "starts_at"], postgresql_include=["ends_at"])
        return
    op.create_index("holds_by_room", "holds", ["room_id", "starts_at", "ends_at"])
    for event in ("INSERT", "UPDATE"):
        op.execute(f"DROP TRIGGER no_two_holds_of_one_room_overlap_{event}")
        op.execute(OVERLAP_ON_SQLITE.format(event=event))


def _equipment() -> None:
    op.create_table(
        "equipment",
        sa.Column("id", sa.String(100), primary_key=True),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.CheckConstraint("quantity >= 0", name="equipment_has_a_quantity"),
    )
    op.create_table(
        "equipment_uses",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("booking_id", sa.String(36), sa.ForeignKey("bookings.id", ondelete="CASCADE"), nullable=False),
        sa.Column("equipment_id", sa.String(100), sa.ForeignKey("equipment.id"), nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name="use_ends_after_it_starts"),
        sa.CheckConstraint("quantity > 0", name="use_takes_something"),
    )
    op.create_index("equipment_uses_by_time", "equipment_uses", ["equipment_id", "starts_at"])
    op.create_index("equipment_uses_by_booking", "equipment_uses", ["booking_id"])
    for statement in USES_ON_POSTGRESQL if op.get_bind().dialect.name == "postgresql" else [USES_ON_SQLITE]:
        op.execute(statement)


def _people() -> None:
    op.create_table(
        "quotas",
        sa.Column("party_id", sa.String(100), primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
    )
    op.create_table(
        "penalties",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("booking_id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(100), nullable=False),
        sa.Column("imposed_at", MOMENT, nullable=False),
        sa.Column("ban_until", MOMENT),
        sa.UniqueConstraint("booking_id", name="a_booking_brings_one_penalty"),
    )
    op.create_index("penalties_by_person", "penalties", ["person_id", "imposed_at"])
    op.create_table(
        "allowances",
        sa.Column("tenancy_id", sa.String(100), primary_key=True),
        sa.Column("organisation_id", sa.String(100), nullable=False),
        sa.Column("from_day", sa.Date, nullable=False),
        sa.Column("until_day", sa.Date),
    )
    op.create_index("allowances_by_organisation", "allowances", ["organisation_id"])
    op.create_table(
        "walk_ins",
        sa.Column("space_id", sa.String(100), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("inside", sa.Integer, nullable=False),
        sa.Column("came", sa.Integer, nullable=False),
        sa.CheckConstraint("inside >= 0", name="nobody_leaves_who_is_not_inside"),
    )
    op.create_table(
        "calendar_keys",
        sa.Column("person_id", sa.String(100), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
    )


def _closures() -> None:
    op.create_table(
        "closures",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("space_ids", sa.JSON, nullable=False),
        sa.Column("rooms", sa.JSON, nullable=False),
        sa.Column("force_majeure", sa.Boolean, nullable=False),
        sa.Column("declared_by", sa.String(100), nullable=False),
        sa.Column("declared_at", MOMENT, nullable=False),
        sa.Column("lifted_at", MOMENT),
        sa.Column("order_id", sa.String(200)),
        sa.Column("settled", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name="closure_ends_after_it_starts"),
        sa.UniqueConstraint("order_id", name="an_order_closes_once"),
    )
    op.create_index("closures_by_end", "closures", ["ends_at"])
    _partial_index("closures_unsettled", "closures", ["id"], "NOT settled")
    op.create_table(
        "course_rooms",
        sa.Column("session_id", sa.String(100), primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("booking_id", sa.String(36)),
    )


def downgrade() -> None:
    for table in (
        "course_rooms",
        "closures",
        "calendar_keys",
        "walk_ins",
        "allowances",
        "penalties",
        "quotas",
        "equipment_uses",
        "equipment",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION equipment_is_never_out_more_often_than_there_is()")
    op.drop_index("decisions_by_actor", "decisions")
    op.drop_index("holds_by_room", "holds")
    op.create_index("holds_by_room", "holds", ["room_id", "starts_at"])
    for index in ("expected", "undecided", "by_closure", "in_quota", "by_series", "by_group"):
        op.drop_index(f"bookings_{index}", "bookings")
    for name in ("series_id", *(column.name for column in NEW_COLUMNS)):
        op.drop_column("bookings", name)
    op.drop_table("series")
