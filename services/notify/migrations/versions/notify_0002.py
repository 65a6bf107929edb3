"""Delivery by several providers: fallback, receipts, suppressed addresses, circuits, webhooks, the in-app inbox."""

import sqlalchemy as sa
from alembic import op

revision = "notify_0002"
down_revision = "notify_0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
QUEUED = sa.text("status = 'queued'")


def upgrade() -> None:
    op.add_column("messages", sa.Column("pinned_provider", sa.String(50)))
    op.add_column("messages", sa.Column("attempts_before", sa.Integer, nullable=False, server_default="0"))
    op.add_column("messages", sa.Column("fallback_of", sa.String(36)))
    op.add_column("messages", sa.Column("delivered_at", MOMENT))
    op.add_column("messages", sa.Column("read_at", MOMENT))
    op.create_index("a_message_falls_back_once", "messages", ["fallback_of"], unique=True)
    op.drop_index("messages_due", "messages")
    op.create_index(
        "messages_due", "messages", ["channel", "next_attempt_at"], postgresql_where=QUEUED, sqlite_where=QUEUED
    )
    op.add_column("attempts", sa.Column("provider_message_id", sa.String(255)))
    op.create_index("attempts_by_provider_message", "attempts", ["provider_message_id"])
    _create_receipts()
    op.create_table(
        "provider_states",
        sa.Column("provider", sa.String(50), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("open_until", MOMENT),
        sa.Column("allowance", sa.Float, nullable=False),
        sa.Column("allowance_at", MOMENT, nullable=False),
    )
    op.create_table(
        "webhooks",
        sa.Column("person_id", sa.String(100), primary_key=True),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("secret", sa.String(100), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )


def _create_receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("provider", sa.String(50), nullable=False),
        sa.Column("receipt_id", sa.String(255), nullable=False),
        sa.Column("message_id", sa.String(36), sa.ForeignKey("messages.id", ondelete="CASCADE"), nullable=False),
        sa.Column("report", sa.String(20), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.UniqueConstraint("provider", "receipt_id", name="a_receipt_counts_once"),
    )
    op.create_index("receipts_by_message", "receipts", ["message_id"])
    op.create_index("receipts_by_age", "receipts", ["received_at"])
    op.create_table(
        "suppressions",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("person_id", sa.String(100), nullable=False),
        sa.Column("provider", sa.String(50), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("suppressed_at", MOMENT, nullable=False),
        sa.UniqueConstraint("address_hash", name="an_address_is_suppressed_once"),
    )
    op.create_index("suppressions_by_person", "suppressions", ["person_id"])


def downgrade() -> None:
    for table in ("webhooks", "provider_states", "suppressions", "receipts"):
        op.drop_table(table)
    op.drop_index("attempts_by_provider_message", "attempts")
    op.drop_column("attempts", "provider_message_id")
    op.drop_index("messages_due", "messages")
    op.create_index("messages_due", "messages", ["next_attempt_at"], postgresql_where=QUEUED, sqlite_where=QUEUED)
    op.drop_index("a_message_falls_back_once", "messages")
    for column in ("read_at", "delivered_at", "fallback_of", "attempts_before", "pinned_provider"):
        op.drop_column("messages", column)
