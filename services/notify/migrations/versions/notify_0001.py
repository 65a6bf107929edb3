"""Contacts, messages with their attempts, and the development mailbox."""

import sqlalchemy as sa
from alembic import op

revision = "notify_0001"
down_revision = None
branch_labels = ("notify",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "contacts",
        sa.Column("person_id", sa.String(100), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("phone", sa.String(20)),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    _create_messages()
    op.create_table(
        "attempts",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("message_id", sa.String(36), sa.ForeignKey("messages.id", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("provider", sa.String(50), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.Column("outcome", sa.String(20)),
        sa.Column("detail", sa.Text),
        sa.UniqueConstraint("message_id", "number", name="attempts_of_a_message_are_counted"),
        sa.CheckConstraint("(finished_at IS NULL) = (outcome IS NULL)", name="finished_attempt_has_an_outcome"),
    )
    op.create_table(
        "mailbox",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("message_id", sa.String(255), nullable=False),
        sa.Column("recipient", sa.String(320), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.UniqueConstraint("message_id", name="mailbox_keeps_a_message_once"),
    )


def _create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("event_id", sa.String(128), nullable=False),
        sa.Column("person_id", sa.String(100), nullable=False),
        sa.Column("category", sa.String(20), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("template", sa.String(100), nullable=False),
        sa.Column("template_version", sa.String(64), nullable=False),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", MOMENT),
        sa.Column("lease_holder", sa.String(100)),
        sa.Column("lease_until", MOMENT),
        sa.Column("message_id", sa.String(255), nullable=False, unique=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("correlation_id", sa.String(200), nullable=False),
        sa.Column("traceparent", sa.String(60), nullable=False),
        sa.UniqueConstraint(
            "event_id",
            "person_id",
            "category",
            "channel",
            name="a_person_hears_of_an_event_once_per_category_and_channel",
        ),
        sa.CheckConstraint(
            "status IN ('queued', 'sending', 'sent', 'failed', 'unknown', 'dead', 'skipped')",
            name="message_status_is_known",
        ),
        sa.CheckConstraint("status <> 'queued' OR next_attempt_at IS NOT NULL", name="queued_message_waits_for_a_time"),
        sa.CheckConstraint(
            "status <> 'sending' OR (lease_holder IS NOT NULL AND lease_until IS NOT NULL)",
            name="sending_message_is_somebodys",
        ),
        sa.CheckConstraint(
            "status IN ('queued', 'sending', 'sent') OR reason IS NOT NULL", name="message_not_sent_has_a_reason"
        ),
    )
    op.create_index("messages_by_person", "messages", ["person_id", "id"])
    op.create_index("messages_by_status", "messages", ["status", "id"])
    queued, sending = sa.text("status = 'queued'"), sa.text("status = 'sending'")
    op.create_index("messages_due", "messages", ["next_attempt_at"], postgresql_where=queued, sqlite_where=queued)
    op.create_index("messages_sending", "messages", ["lease_until"], postgresql_where=sending, sqlite_where=sending)


def downgrade() -> None:
    for table in ("mailbox", "attempts", "messages", "contacts"):
        op.drop_table(table)
