"""Rooms, bookings, holds that never overlap, and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "booking_0001"
down_revision = None
branch_labels = ("booking",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

OVERLAP_ON_SQLITE = """
CREATE TRIGGER no_two_holds_of_one_room_overlap_{event} BEFORE {event} ON holds
WHEN EXISTS (
    SELECT 1 FROM holds
    WHERE room_id = NEW.room_id AND id IS NOT NEW.id AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at
)
BEGIN SELECT RAISE(ABORT, 'no_two_holds_of_one_room_overlap'); END
"""

OVERLAP_ON_POSTGRESQL = """
ALTER TABLE holds ADD CONSTRAINT no_two_holds_of_one_room_overlap
EXCLUDE USING gist (room_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
"""


def upgrade() -> None:
    op.create_table("rooms", sa.Column("id", sa.String(100), primary_key=True))
    op.create_table(
        "bookings",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("space_id", sa.String(100), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("attendees", sa.Integer, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("requester_id", sa.String(100), nullable=False),
        sa.Column("requester_name", sa.String(200), nullable=False),
        sa.Column("group_id", sa.String(100)),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT),
        sa.Column("decided_by", sa.String(100)),
        sa.Column("reason_code", sa.String(30)),
        sa.Column("note", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name="booking_ends_after_it_starts"),
        sa.CheckConstraint("attendees > 0", name="booking_has_attendees"),
        sa.CheckConstraint("status <> 'rejected' OR reason_code IS NOT NULL", name="rejection_has_a_reason"),
    )
    op.create_index("bookings_by_requester", "bookings", ["requester_id", "id"])
    op.create_index("bookings_by_status", "bookings", ["status", "id"])
    op.create_index("bookings_by_start", "bookings", ["space_id", "starts_at"])
    op.create_table(
        "holds",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("booking_id", sa.String(36), sa.ForeignKey("bookings.id", ondelete="CASCADE"), nullable=False),
        sa.Column("room_id", sa.String(100), sa.ForeignKey("rooms.id"), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name="hold_ends_after_it_starts"),
    )
    op.create_index("holds_by_room", "holds", ["room_id", "starts_at"])
    op.create_index("holds_by_booking", "holds", ["booking_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(OVERLAP_ON_POSTGRESQL)
    else:
        for event in ("INSERT", "UPDATE"):
            op.execute(OVERLAP_ON_SQLITE.format(event=event))
    op.create_table(
        "decisions",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("booking_id", sa.String(36), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", sa.String(100), nullable=False),
        sa.Column("action", sa.String(30), nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
    )
    op.create_index("decisions_by_booking", "decisions", ["booking_id", "id"])


def downgrade() -> None:
    for table in ("decisions", "holds", "bookings", "rooms"):
        op.drop_table(table)
