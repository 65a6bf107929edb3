"""Broadcasts that are scheduled and counted, audiences by what fills them, who decided what, an index for the purge."""

import sqlalchemy as sa
from alembic import op

revision = "notify_0004"
down_revision = "notify_0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
OLD_STATES = "state IN ('draft', 'sending', 'sent', 'cancelled')"
STATES = "state IN ('draft', 'scheduled', 'sending', 'sent', 'cancelled')"
OLD_TIMED = "state <> 'sending' OR send_at IS NOT NULL"
TIMED = "state NOT IN ('scheduled', 'sending', 'sent') OR send_at IS NOT NULL"
HAS_WORDS = sa.text("body <> ''")
IS_DUE = sa.text("state IN ('scheduled', 'sending')")


def upgrade() -> None:
    with op.batch_alter_table("broadcasts") as broadcasts:
        broadcasts.drop_constraint("broadcast_state_is_known", type_="check")
        broadcasts.drop_constraint("sending_broadcast_has_a_time", type_="check")
        broadcasts.create_check_constraint("broadcast_state_is_known", STATES)
        broadcasts.create_check_constraint("broadcast_that_goes_out_has_a_time", TIMED)
        broadcasts.add_column(sa.Column("people", sa.Integer, nullable=False, server_default="0"))
        broadcasts.add_column(sa.Column("finished_at", MOMENT))
    op.create_index("broadcasts_due", "broadcasts", ["send_at"], postgresql_where=IS_DUE, sqlite_where=IS_DUE)
    op.drop_index("messages_by_age", "messages")
    op.create_index(
        "messages_with_words_by_age",
        "messages",
        ["created_at"],
        postgresql_where=HAS_WORDS,
        sqlite_where=HAS_WORDS,
    )
    with op.batch_alter_table("audience_members") as members:
        members.alter_column("sequence", type_=sa.BigInteger, existing_type=sa.Integer, existing_nullable=False)
    op.create_index("audience_members_by_subject", "audience_members", ["subject"])
    op.create_table(
        "decisions",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("subject_id", sa.String(200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", sa.String(100), nullable=False),
        sa.Column("action", sa.String(30), nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
    )
    op.create_index("decisions_by_subject", "decisions", ["subject_id", "id"])


def downgrade() -> None:
    op.drop_table("decisions")
    op.drop_index("audience_members_by_subject", "audience_members")
    with op.batch_alter_table("audience_members") as members:
        members.alter_column("sequence", type_=sa.Integer, existing_type=sa.BigInteger, existing_nullable=False)
    op.drop_index("messages_with_words_by_age", "messages")
    op.create_index("messages_by_age", "messages", ["created_at"])
    op.drop_index("broadcasts_due", "broadcasts")
    with op.batch_alter_table("broadcasts") as broadcasts:
        broadcasts.drop_column("finished_at")
        broadcasts.drop_column("people")
        broadcasts.drop_constraint("broadcast_that_goes_out_has_a_time", type_="check")
        broadcasts.drop_constraint("broadcast_state_is_known", type_="check")
        broadcasts.create_check_constraint("broadcast_state_is_known", OLD_STATES)
        broadcasts.create_check_constraint("sending_broadcast_has_a_time", OLD_TIMED)
