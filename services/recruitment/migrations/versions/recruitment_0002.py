"""The log of a selection and its ranking, offers, tenancies, and the growth of organisations."""

import sqlalchemy as sa
from alembic import op

revision = "recruitment_0002"
down_revision = "recruitment_0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

TABLES = (
    "selection_log",
    "judge_seats",
    "score_comments",
    "rankings",
    "offers",
    "recalls",
    "tenancies",
    "maintenance_invoices",
    "tenancy_reviews",
    "designations",
    "milestones",
    "certification_facts",
)

HASHED = "call_id, sequence, kind, application_id, seat, content, at"
"""What of an entry is never changed. Its actor may be erased."""

GROWS_ON_SQLITE = (
    f"""
CREATE TRIGGER a_selection_log_only_grows_update BEFORE UPDATE OF {HASHED} ON selection_log
BEGIN SELECT RAISE(ABORT, 'a_selection_log_only_grows'); END
""",
    """
CREATE TRIGGER a_selection_log_only_grows_delete BEFORE DELETE ON selection_log
BEGIN SELECT RAISE(ABORT, 'a_selection_log_only_grows'); END
""",
)

GROWS_ON_POSTGRESQL = (
    """
CREATE FUNCTION a_selection_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a_selection_log_only_grows' USING ERRCODE = 'integrity_constraint_violation';
END $$
""",
    f"""
CREATE TRIGGER a_selection_log_only_grows BEFORE DELETE OR UPDATE OF {HASHED} ON selection_log
FOR EACH ROW EXECUTE FUNCTION a_selection_log_only_grows()
""",
)


def upgrade() -> None:
    op.add_column("criteria", sa.Column("optional", sa.Boolean, nullable=False, server_default=sa.false()))
    _judging()
    _offers()
    _tenancies()
    _growth()
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in GROWS_ON_POSTGRESQL if postgresql else GROWS_ON_SQLITE:
        op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION a_selection_log_only_grows")
    op.drop_column("criteria", "optional")


def _partial_index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, postgresql_where=condition, sqlite_where=condition)


def _judging() -> None:
    op.create_table(
        "selection_log",
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("application_id", sa.String(36), nullable=False),
        sa.Column("seat", sa.Integer, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("call_id", "sequence"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"]),
        sa.CheckConstraint("sequence > 0", name="a_log_is_numbered_from_one"),
    )
    op.create_table(
        "judge_seats",
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("judge_id", sa.String(100), nullable=False),
        sa.Column("seat", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("call_id", "judge_id"),
        sa.UniqueConstraint("call_id", "seat", name="a_seat_is_for_one_judge"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"]),
    )
    op.create_table(
        "score_comments",
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("comments", sa.JSON, nullable=False),
        sa.Column("reason", sa.String(500), nullable=True),
        sa.PrimaryKeyConstraint("call_id", "sequence"),
        sa.ForeignKeyConstraint(["call_id", "sequence"], ["selection_log.call_id", "selection_log.sequence"]),
    )
    op.create_table(
        "rankings",
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("inputs_digest", sa.String(64), nullable=False),
        sa.Column("ranking", sa.Text, nullable=False),
        sa.Column("ranking_digest", sa.String(64), nullable=False),
        sa.Column("frozen_at", MOMENT, nullable=False),
        sa.Column("frozen_by", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("call_id"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"]),
    )


def _offers() -> None:
    op.create_table(
        "offers",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("application_id", sa.String(36), nullable=False),
        sa.Column("organisation_id", sa.String(100), nullable=False),
        sa.Column("organisation_name", sa.String(200), nullable=False),
        sa.Column("person_id", sa.String(100), nullable=False),
        sa.Column("unit_id", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by", sa.String(100), nullable=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"]),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"]),
        sa.UniqueConstraint("application_id", name="an_applicant_is_offered_a_unit_once"),
        sa.CheckConstraint("made_at < expires_at", name="an_offer_expires_after_it_is_made"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"]),
    )
    _partial_index(
        "a_unit_is_offered_to_one_at_a_time", "offers", ["unit_id"], "status IN ('offered', 'accepted')", unique=True
    )
    op.create_index("offers_by_call", "offers", ["call_id", "rank"])
    op.create_index("offers_by_organisation", "offers", ["organisation_id", "id"])
    op.create_index("offers_by_person", "offers", ["person_id", "id"])
    _partial_index("offers_to_expire", "offers", ["expires_at"], "status IN ('offered', 'accepted')")
    op.create_table(
        "recalls",
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("unit_id", sa.String(100), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("call_id", "unit_id"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"]),
    )


def _tenancies() -> None:
    op.create_table(
        "tenancies",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("offer_id", sa.String(36), nullable=False),
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("application_id", sa.String(36), nullable=False),
        sa.Column("organisation_id", sa.String(100), nullable=False),
        sa.Column("organisation_name", sa.String(200), nullable=False),
        sa.Column("person_id", sa.String(100), nullable=False),
        sa.Column("person_name", sa.String(200), nullable=False),
        sa.Column("unit_id", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("legal_type", sa.String(40), nullable=False),
        sa.Column("contract_number", sa.String(200), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("extensions", sa.Integer, nullable=False),
        sa.Column("rent", sa.Integer, nullable=False),
        sa.Column("deposit", sa.Integer, nullable=False),
        sa.Column("sign_by", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.Column("signed_by", sa.String(100), nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("invoiced_until", sa.Date, nullable=False),
        sa.Column("notified_at", MOMENT, nullable=True),
        sa.Column("ended_on", sa.Date, nullable=True),
        sa.Column("restored_on", sa.Date, nullable=True),
        sa.Column("card_returned_on", sa.Date, nullable=True),
        sa.Column("settled_on", sa.Date, nullable=True),
        sa.Column("deductions", sa.Integer, nullable=True),
        sa.Column("settlement_note", sa.Text, nullable=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"]),
        sa.CheckConstraint("status IN ('unsigned', 'lapsed') OR signed_at IS NOT NULL", name="a_tenancy_is_signed"),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"]),
        sa.UniqueConstraint("offer_id", name="an_offer_leads_to_one_tenancy"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"]),
        sa.CheckConstraint("starts_on <= ends_on", name="a_tenancy_ends_after_it_starts"),
    )
    _partial_index(
        "a_unit_has_one_live_tenancy", "tenancies", ["unit_id"], "status NOT IN ('moved_out', 'lapsed')", unique=True
    )
    op.create_index("tenancies_by_organisation", "tenancies", ["organisation_id", "id"])
    op.create_index("tenancies_by_person", "tenancies", ["person_id", "id"])
    _partial_index("tenancies_to_end", "tenancies", ["ends_on"], "status IN ('active', 'ending')")
    _partial_index("tenancies_to_invoice", "tenancies", ["invoiced_until"], "status IN ('active', 'ending')")
    _partial_index("tenancies_to_start", "tenancies", ["starts_on"], "status = 'signed'")
    _partial_index("tenancies_to_tell", "tenancies", ["ends_on"], "status = 'active' AND told_at IS NULL")
    op.create_table(
        "maintenance_invoices",
        sa.Column("tenancy_id", sa.String(36), nullable=False),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenancy_id", "month"),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancies.id"]),
    )
    op.create_table(
        "tenancy_reviews",
        sa.Column("tenancy_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("points", sa.Numeric(6, 2), nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.Column("note", sa.Text, nullable=True),
        sa.Column("reviewed_by", sa.String(100), nullable=False),
        sa.Column("reviewed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenancy_id", "number"),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancies.id"]),
    )


def _growth() -> None:
    op.create_table(
        "designations",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("organisation_id", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("number", sa.String(100), nullable=True),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date, nullable=True),
        sa.Column("warn_on", sa.Date, nullable=True),
        sa.Column("warned_at", MOMENT, nullable=True),
        sa.Column("recorded_by", sa.String(100), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("until IS NULL OR since <= until", name="a_designation_ends_after_it_begins"),
        sa.CheckConstraint("(until IS NULL) = (warn_on IS NULL)", name="the_end_of_a_designation_is_told"),
    )
    op.create_index("designations_by_organisation", "designations", ["organisation_id", "since"])
    _partial_index("designations_to_warn", "designations", ["warn_on"], "warned_at IS NULL")
    op.create_table(
        "milestones",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("organisation_id", sa.String(100), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("reached_on", sa.Date, nullable=False),
        sa.Column("note", sa.String(2000), nullable=True),
        sa.Column("recorded_by", sa.String(100), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("milestones_by_organisation", "milestones", ["organisation_id", "reached_on"])
    op.create_table(
        "certification_facts",
        sa.Column("organisation_id", sa.String(100), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("recorded_by", sa.String(100), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("organisation_id"),
    )
