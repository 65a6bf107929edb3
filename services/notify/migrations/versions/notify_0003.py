"""People: consents, preferences, who saw their data; stored templates, digests, audiences, broadcasts."""

import sqlalchemy as sa
from alembic import op

revision = "notify_0003"
down_revision = "notify_0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("contacts", sa.Column("zone", sa.String(64)))
    op.add_column("contacts", sa.Column("advertising_consent_at", MOMENT))
    op.add_column("contacts", sa.Column("night_consent_at", MOMENT))
    op.add_column("messages", sa.Column("not_before", MOMENT))
    op.create_index("messages_by_event", "messages", ["event_id", "status"])
    op.create_index("messages_by_age", "messages", ["created_at"])
    _create_people()
    _create_templates()
    _create_digests()
    _create_audiences()


def _create_people() -> None:
    op.create_table(
        "consents",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("person_id", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("given", sa.Boolean, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("kind IN ('advertising', 'night')", name="consent_kind_is_known"),
    )
    op.create_index("consents_by_person", "consents", ["person_id", "id"])
    op.create_table(
        "preferences",
        sa.Column("person_id", sa.String(100), primary_key=True),
        sa.Column("choices", sa.JSON, nullable=False),
        sa.Column("quiet_start", sa.String(5)),
        sa.Column("quiet_end", sa.String(5)),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint("(quiet_start IS NULL) = (quiet_end IS NULL)", name="quiet_hours_have_a_start_and_an_end"),
    )
    op.create_table(
        "disclosures",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("person_id", sa.String(100), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("actor_id", sa.String(100), nullable=False),
        sa.Column("actor_name", sa.String(200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("action IN ('view', 'export')", name="disclosure_action_is_known"),
        sa.CheckConstraint("reason <> ''", name="disclosure_has_a_reason"),
    )
    op.create_index("disclosures_by_person", "disclosures", ["person_id", "id"])
    op.create_index("disclosures_by_age", "disclosures", ["at"])


def _create_templates() -> None:
    op.create_table(
        "templates",
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("variables", sa.JSON, nullable=False),
        sa.Column("approval", sa.String(3)),
        sa.Column("approval_note", sa.String(500)),
        sa.Column("written_by", sa.String(100), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", "channel", "locale", "version", name="a_template_has_each_version_once"),
        sa.CheckConstraint("version >= 1", name="template_version_counts_from_one"),
        sa.CheckConstraint(
            "(channel = 'alimtalk') = (approval IS NOT NULL)", name="alimtalk_template_is_somewhere_in_its_approval"
        ),
        sa.CheckConstraint("approval IN ('REG', 'REQ', 'APR', 'REJ')", name="approval_is_known"),
    )


def _create_digests() -> None:
    still_open = sa.text("closed_at IS NULL")
    op.create_table(
        "digests",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("group_key", sa.String(200), nullable=False),
        sa.Column("person_id", sa.String(100), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("correlation_id", sa.String(200), nullable=False),
        sa.Column("traceparent", sa.String(60), nullable=False),
    )
    op.create_index(
        "a_person_has_one_open_digest_per_group",
        "digests",
        ["group_key", "person_id"],
        unique=True,
        postgresql_where=still_open,
        sqlite_where=still_open,
    )
    op.create_index("digests_due", "digests", ["closes_at"], postgresql_where=still_open, sqlite_where=still_open)
    op.create_index("digests_by_person", "digests", ["person_id"])
    op.create_table(
        "digest_items",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("digest_id", sa.String(36), sa.ForeignKey("digests.id", ondelete="CASCADE"), nullable=False),
        sa.Column("event_id", sa.String(128), nullable=False),
        sa.Column("person_id", sa.String(100), nullable=False),
        sa.Column("lines", sa.JSON, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.UniqueConstraint("event_id", "person_id", name="an_event_is_in_one_digest_of_a_person"),
    )
    op.create_index("digest_items_by_digest", "digest_items", ["digest_id"])


def _create_audiences() -> None:
    op.create_table(
        "audience_members",
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("person_id", sa.String(100), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint(
            "kind", "key", "person_id", "subject", name="a_person_is_in_an_audience_once_by_a_subject"
        ),
    )
    op.create_index("audience_members_by_person", "audience_members", ["person_id"])
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("category", sa.String(20), nullable=False),
        sa.Column("audience_kind", sa.String(30), nullable=False),
        sa.Column("audience_key", sa.String(100), nullable=False),
        sa.Column("channels", sa.JSON, nullable=False),
        sa.Column("texts", sa.JSON, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("send_at", MOMENT),
        sa.Column("last_person_id", sa.String(100), nullable=False),
        sa.Column("written_by", sa.String(100), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("state IN ('draft', 'sending', 'sent', 'cancelled')", name="broadcast_state_is_known"),
        sa.CheckConstraint("state <> 'sending' OR send_at IS NOT NULL", name="sending_broadcast_has_a_time"),
    )


def downgrade() -> None:
    for table in (
        "broadcasts",
        "audience_members",
        "digest_items",
        "digests",
        "templates",
        "disclosures",
        "preferences",
        "consents",
    ):
        op.drop_table(table)
    for index in ("messages_by_age", "messages_by_event"):
        op.drop_index(index, "messages")
    op.drop_column("messages", "not_before")
    for column in ("night_consent_at", "advertising_consent_at", "zone"):
        op.drop_column("contacts", column)
