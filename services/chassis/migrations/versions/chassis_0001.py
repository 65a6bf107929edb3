"""The chassis' tables: outbox, inbox, idempotency keys, leases, profile."""

import sqlalchemy as sa
from alembic import op

revision = "chassis_0001"
down_revision = None
branch_labels = ("chassis",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("event_id", sa.String(64), nullable=False, unique=True),
        sa.Column("event", sa.String(100), nullable=False),
        sa.Column("routing_key", sa.String(120), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("envelope", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_attempt_at", MOMENT, nullable=False),
        sa.Column("error", sa.Text),
    )
    unpublished = sa.text("published_at IS NULL")
    op.create_index("outbox_unpublished", "outbox", ["id"], postgresql_where=unpublished, sqlite_where=unpublished)
    op.create_index("outbox_published_at", "outbox", ["published_at"])
    op.create_table(
        "inbox",
        sa.Column("consumer", sa.String(100), nullable=False),
        sa.Column("event_id", sa.String(200), nullable=False),
        sa.Column("event", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", MOMENT),
        sa.Column("envelope", sa.Text),
        sa.Column("error", sa.Text),
        sa.PrimaryKeyConstraint("consumer", "event_id", name="inbox_handles_an_event_once"),
        sa.CheckConstraint("state IN ('done', 'waiting', 'dead', 'discarded')", name="inbox_state_is_known"),
        sa.CheckConstraint("state <> 'waiting' OR next_attempt_at IS NOT NULL", name="inbox_waits_for_a_time"),
    )
    unfinished = sa.text("state IN ('waiting', 'dead')")
    op.create_index(
        "inbox_unfinished", "inbox", ["state", "next_attempt_at"], postgresql_where=unfinished, sqlite_where=unfinished
    )
    op.create_index("inbox_received_at", "inbox", ["received_at"])
    op.create_table(
        "idempotency_keys",
        sa.Column("actor_id", sa.String(100), nullable=False),
        sa.Column("command", sa.String(100), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("answer", sa.JSON),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("actor_id", "command", "key", name="a_key_answers_one_command"),
    )
    op.create_index("idempotency_keys_created_at", "idempotency_keys", ["created_at"])
    op.create_table(
        "leases",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("holder", sa.String(100), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
    )
    op.create_table(
        "profile",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("loaded_at", MOMENT, nullable=False),
        sa.CheckConstraint("id = 1", name="one_profile_per_service"),
    )


def downgrade() -> None:
    for table in ("profile", "leases", "idempotency_keys", "inbox", "outbox"):
        op.drop_table(table)
