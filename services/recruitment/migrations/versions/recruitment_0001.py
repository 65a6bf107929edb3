"""Calls, applications with their documents, judges, verdicts, and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "recruitment_0001"
down_revision = None
branch_labels = ("recruitment",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

TABLES = (
    "units",
    "calls",
    "offered_units",
    "criteria",
    "corrections",
    "applications",
    "drafts",
    "submissions",
    "documents",
    "discarded_files",
    "file_accesses",
    "judges",
    "assignments",
    "recusals",
    "verdicts",
    "decisions",
    "purges",
)


def upgrade() -> None:
    _calls()
    _applications()
    _documents()
    _panel()
    _selection()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _partial_index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, postgresql_where=condition, sqlite_where=condition)


def _calls() -> None:
    op.create_table(
        "units",
        sa.Column("id", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "calls",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("notice_on", sa.Date, nullable=False),
        sa.Column("intake_opens_at", MOMENT, nullable=False),
        sa.Column("intake_closes_at", MOMENT, nullable=False),
        sa.Column("screening_on", sa.Date, nullable=False),
        sa.Column("interviews_start", MOMENT, nullable=False),
        sa.Column("interviews_end", MOMENT, nullable=False),
        sa.Column("result_on", sa.Date, nullable=False),
        sa.Column("contract_by", sa.Date, nullable=False),
        sa.Column("move_in_on", sa.Date, nullable=False),
        sa.Column("documents", sa.JSON, nullable=False),
        sa.Column("eligibility", sa.JSON, nullable=False),
        sa.Column("terms", sa.JSON, nullable=False),
        sa.Column("interviews_blocked_by", sa.String(36)),
        sa.Column("receipts_given", sa.Integer, nullable=False),
        sa.Column("pepper", sa.String(64), nullable=False),
        sa.Column("created_by", sa.String(100), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("shortlisted_at", MOMENT),
        sa.Column("results_at", MOMENT),
        sa.Column("purged_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("status <> 'published' OR published_at IS NOT NULL", name="a_published_call_has_its_moment"),
        sa.CheckConstraint("intake_opens_at < intake_closes_at", name="intake_closes_after_it_opens"),
        sa.CheckConstraint("interviews_start < interviews_end", name="interviews_end_after_they_start"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code", name="a_call_has_a_code_of_its_own"),
    )
    op.create_index("calls_by_status", "calls", ["status", "id"])
    _partial_index("calls_unpurged", "calls", ["results_at"], "purged_at IS NULL")
    op.create_table(
        "offered_units",
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("unit_id", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["calls.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["units.id"],
        ),
        sa.PrimaryKeyConstraint("call_id", "unit_id"),
    )
    op.create_table(
        "criteria",
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("id", sa.String(100), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("names", sa.JSON, nullable=False),
        sa.Column("points", sa.Numeric(6, 2), nullable=False),
        sa.CheckConstraint("points > 0", name="a_criterion_is_worth_something"),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["calls.id"],
        ),
        sa.PrimaryKeyConstraint("call_id", "id"),
    )
    op.create_table(
        "corrections",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", sa.String(100), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("closure_id", sa.String(36)),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["calls.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("call_id", "number", name="corrections_of_a_call_are_numbered"),
    )


def _applications() -> None:
    op.create_table(
        "applications",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("organisation_id", sa.String(100), nullable=False),
        sa.Column("organisation_name", sa.String(200), nullable=False),
        sa.Column("applicant_id", sa.String(100), nullable=False),
        sa.Column("applicant_name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("marks", sa.JSON, nullable=False),
        sa.Column("draft", sa.Integer, nullable=False),
        sa.Column("submitted_draft", sa.Integer),
        sa.Column("receipt_number", sa.String(40)),
        sa.Column("submitted_at", MOMENT),
        sa.Column("deadline", MOMENT, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("points", sa.Numeric(6, 2)),
        sa.Column("screened_at", MOMENT),
        sa.Column("screened_by", sa.String(100)),
        sa.Column("screening_note", sa.Text),
        sa.Column("withdrawn_at", MOMENT),
        sa.Column("selected_at", MOMENT),
        sa.Column("purged_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("status <> 'withdrawn' OR withdrawn_at IS NOT NULL", name="a_withdrawal_has_its_moment"),
        sa.CheckConstraint(
            "status IN ('draft', 'withdrawn') OR receipt_number IS NOT NULL", name="what_was_submitted_has_a_receipt"
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["calls.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    _partial_index(
        "an_organisation_applies_once_to_a_call",
        "applications",
        ["call_id", "organisation_id"],
        "status <> 'withdrawn' AND purged_at IS NULL",
        unique=True,
    )
    op.create_index("applications_by_applicant", "applications", ["applicant_id", "id"])
    op.create_index("applications_by_call", "applications", ["call_id", "status", "id"])
    op.create_index("applications_by_organisation", "applications", ["organisation_id", "id"])
    op.create_table(
        "drafts",
        sa.Column("application_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("saved_by", sa.String(100), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("application_id", "number"),
    )
    op.create_table(
        "submissions",
        sa.Column("receipt_number", sa.String(40), nullable=False),
        sa.Column("application_id", sa.String(36), nullable=False),
        sa.Column("draft", sa.Integer, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("documents", sa.JSON, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("submitted_by", sa.String(100), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("receipt_number"),
    )
    op.create_index("submissions_by_application", "submissions", ["application_id", "submitted_at"])


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("application_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(100), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("uploaded_by", sa.String(100), nullable=False),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        sa.Column("superseded_at", MOMENT),
        sa.CheckConstraint("size > 0", name="a_document_is_not_empty"),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    _partial_index(
        "an_application_has_one_document_of_a_kind",
        "documents",
        ["application_id", "kind"],
        "superseded_at IS NULL",
        unique=True,
    )
    op.create_index("documents_by_key", "documents", ["key"], unique=True)
    op.create_table(
        "discarded_files",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("discarded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "file_accesses",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", sa.String(100), nullable=False),
        sa.Column("capacity", sa.String(20), nullable=False),
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("application_id", sa.String(36), nullable=False),
        sa.Column("document_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("file_accesses_by_application", "file_accesses", ["application_id", "id"])


def _panel() -> None:
    op.create_table(
        "judges",
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("judge_id", sa.String(100), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("organisations", sa.JSON, nullable=False),
        sa.Column("marks", sa.JSON, nullable=False),
        sa.Column("ties", sa.JSON, nullable=False),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["calls.id"],
        ),
        sa.PrimaryKeyConstraint("call_id", "judge_id"),
    )
    op.create_table(
        "assignments",
        sa.Column("application_id", sa.String(36), nullable=False),
        sa.Column("judge_id", sa.String(100), nullable=False),
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("assigned_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["calls.id"],
        ),
        sa.PrimaryKeyConstraint("application_id", "judge_id"),
    )
    _partial_index("assignments_by_judge", "assignments", ["call_id", "judge_id"], "ended_at IS NULL")
    op.create_table(
        "recusals",
        sa.Column("application_id", sa.String(36), nullable=False),
        sa.Column("judge_id", sa.String(100), nullable=False),
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("ground", sa.String(30), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("recorded_by", sa.String(100), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["calls.id"],
        ),
        sa.PrimaryKeyConstraint("application_id", "judge_id"),
    )


def _selection() -> None:
    op.create_table(
        "verdicts",
        sa.Column("application_id", sa.String(36), nullable=False),
        sa.Column("rule", sa.String(50), nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String(50), nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("confirmed_by", sa.String(100), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
        ),
        sa.PrimaryKeyConstraint("application_id", "rule"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("subject_id", sa.String(36), nullable=False),
        sa.Column("call_id", sa.String(36)),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", sa.String(100), nullable=False),
        sa.Column("action", sa.String(30), nullable=False),
        sa.Column("reason", sa.String(500)),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("decisions_by_actor", "decisions", ["actor_id", "id"])
    op.create_index("decisions_by_call", "decisions", ["call_id", "id"])
    op.create_index("decisions_by_subject", "decisions", ["subject_id", "id"])
    op.create_table(
        "purges",
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("report", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["calls.id"],
        ),
        sa.PrimaryKeyConstraint("call_id"),
    )
