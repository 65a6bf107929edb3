"""The support work: consulting, sales channels, the grant programme, the resource survey, the network."""

import sqlalchemy as sa
from alembic import op

revision = "training_0002"
down_revision = "training_0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _consulting()
    _programmes()
    _survey()
    _network()


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, postgresql_where=sa.text(where), sqlite_where=sa.text(where))


def _consulting() -> None:
    op.create_table(
        "consultants",
        sa.Column("id", sa.String(100), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.Column("most", sa.Integer, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.CheckConstraint("most >= 0", name="consultant_takes_on_a_number"),
    )
    op.create_table(
        "consultations",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("need", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("requester_id", sa.String(100), nullable=False),
        sa.Column("requester_name", sa.String(200), nullable=False),
        sa.Column("organisation_id", sa.String(100)),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("diagnosis", sa.Text),
        sa.Column("diagnosed_by", sa.String(100)),
        sa.Column("consultant_id", sa.String(100)),
        sa.Column("match_reason", sa.JSON),
        sa.Column("assigned_at", MOMENT),
        sa.Column("assigned_by", sa.String(100)),
        sa.Column("report", sa.Text),
        sa.Column("reported_at", MOMENT),
        sa.Column("satisfaction", sa.Integer),
        sa.Column("comment", sa.Text),
        sa.Column("rated_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("satisfaction IS NULL OR satisfaction BETWEEN 1 AND 5", name="satisfaction_is_1_to_5"),
        sa.CheckConstraint(
            "status NOT IN ('assigned', 'reported', 'rated') OR consultant_id IS NOT NULL",
            name="whoever_advises_is_known",
        ),
    )
    op.create_index("consultations_by_consultant", "consultations", ["consultant_id", "status"])
    op.create_index("consultations_by_organisation", "consultations", ["organisation_id", "id"])
    op.create_index("consultations_by_requester", "consultations", ["requester_id", "id"])
    op.create_index("consultations_by_status", "consultations", ["status", "id"])
    op.create_table(
        "consultation_logs",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column(
            "consultation_id", sa.String(36), sa.ForeignKey("consultations.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("author_id", sa.String(100), nullable=False),
        sa.Column("held_at", MOMENT, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.CheckConstraint("minutes > 0", name="a_session_takes_time"),
    )
    op.create_index("consultation_logs_by_consultation", "consultation_logs", ["consultation_id", "id"])
    op.create_table(
        "opportunities",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("organiser", sa.String(200), nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("closes_on", sa.Date),
        sa.Column("entered_by", sa.String(100), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
    )
    op.create_index("opportunities_by_end", "opportunities", ["closes_on", "id"])
    op.create_table(
        "introductions",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("opportunity_id", sa.String(36), sa.ForeignKey("opportunities.id"), nullable=False),
        sa.Column("organisation_id", sa.String(100), nullable=False),
        sa.Column("organisation_name", sa.String(200), nullable=False),
        sa.Column("consultation_id", sa.String(36), sa.ForeignKey("consultations.id")),
        sa.Column("introduced_by", sa.String(100), nullable=False),
        sa.Column("introduced_at", MOMENT, nullable=False),
        sa.Column("result", sa.String(20), nullable=False),
        sa.Column("amount", sa.BigInteger),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("result_at", MOMENT),
        sa.CheckConstraint("amount IS NULL OR amount >= 0", name="amount_is_not_negative"),
        sa.UniqueConstraint("opportunity_id", "organisation_id", name="an_organisation_is_introduced_once"),
    )
    op.create_index("introductions_by_organisation", "introductions", ["organisation_id", "id"])


def _programmes() -> None:
    op.create_table(
        "programmes",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("ceiling", sa.BigInteger, nullable=False),
        sa.Column("opened_by", sa.String(100), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.CheckConstraint("ceiling > 0", name="programme_has_a_ceiling"),
    )
    op.create_index("programmes_by_year", "programmes", ["year", "stage"])
    op.create_table(
        "communities",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("area", sa.String(100), nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("members", sa.Integer),
        sa.Column("representative_id", sa.String(100)),
        sa.Column("founded_on", sa.Date),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.CheckConstraint("members IS NULL OR members > 0", name="community_has_members"),
        sa.UniqueConstraint("name", "area", name="a_community_is_known_once"),
    )
    op.create_table(
        "supports",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("programme_id", sa.String(36), sa.ForeignKey("programmes.id"), nullable=False),
        sa.Column("community_id", sa.String(36), sa.ForeignKey("communities.id"), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("grant_id", sa.String(200)),
        sa.Column("activist_id", sa.String(100)),
        sa.Column("assigned_at", MOMENT),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.CheckConstraint("amount > 0", name="a_grant_is_some_money"),
        sa.UniqueConstraint("grant_id", name="a_grant_is_awarded_once"),
        sa.UniqueConstraint("programme_id", "community_id", name="a_community_is_in_a_programme_once"),
    )
    op.create_index("supports_by_activist", "supports", ["activist_id"])
    op.create_index("supports_by_community", "supports", ["community_id"])
    op.create_table(
        "activists",
        sa.Column("id", sa.String(100), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("area", sa.String(100), nullable=False),
        sa.Column("certificate", sa.String(100)),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("programme_id", sa.String(36), sa.ForeignKey("programmes.id"), nullable=False),
        sa.Column("community_id", sa.String(36), sa.ForeignKey("communities.id"), nullable=False),
        sa.Column("activist_id", sa.String(100), nullable=False),
        sa.Column("purpose", sa.String(200), nullable=False),
        sa.Column("visit_at", MOMENT, nullable=False),
        sa.Column("planned_by", sa.String(100), nullable=False),
        sa.Column("planned_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("remind_at", MOMENT),
        sa.Column("reminded_at", MOMENT),
        sa.Column("report", sa.Text),
        sa.Column("attendees", sa.Integer),
        sa.Column("minutes", sa.Integer),
        sa.Column("reported_at", MOMENT),
        sa.Column("reported_by", sa.String(100)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("status <> 'reported' OR report IS NOT NULL", name="a_reported_visit_has_its_report"),
    )
    op.create_index("visits_by_activist", "visits", ["activist_id", "id"])
    op.create_index("visits_by_community", "visits", ["community_id", "id"])
    _partial_index("visits_unreported", "visits", ["remind_at"], "remind_at IS NOT NULL")


def _survey() -> None:
    op.create_table(
        "assets",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("area", sa.String(100), nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("consent", sa.String(20), nullable=False),
        sa.Column("consented_on", sa.Date),
        sa.Column("person_id", sa.String(100)),
        sa.Column("entered_by", sa.String(100), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.CheckConstraint("kind <> 'person' OR consent = 'given'", name="a_person_has_consented"),
        sa.CheckConstraint("consent <> 'given' OR consented_on IS NOT NULL", name="consent_has_a_day"),
        sa.UniqueConstraint("kind", "name", "area", name="an_asset_is_known_once"),
    )
    op.create_table(
        "voices",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("theme", sa.String(100), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("area", sa.String(100), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("heard_on", sa.Date, nullable=False),
        sa.Column("entered_by", sa.String(100), nullable=False),
    )
    op.create_index("voices_by_theme", "voices", ["theme", "id"])
    op.create_table(
        "findings",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("theme", sa.String(100), nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("entered_by", sa.String(100), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
    )
    op.create_index("findings_by_theme", "findings", ["theme"])
    op.create_table(
        "finding_deeds",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("finding_id", sa.String(36), sa.ForeignKey("findings.id"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("reference", sa.String(100)),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("done_on", sa.Date, nullable=False),
    )
    op.create_index("finding_deeds_by_finding", "finding_deeds", ["finding_id", "id"])
    op.create_table(
        "surveys",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("subject", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.String(100), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("questions", sa.JSON, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("opened_by", sa.String(100), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
    )
    op.create_index("surveys_by_subject", "surveys", ["subject", "subject_id"])
    op.create_table(
        "survey_answers",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("survey_id", sa.String(36), sa.ForeignKey("surveys.id"), nullable=False),
        sa.Column("respondent", sa.String(64), nullable=False),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("answered_on", sa.Date, nullable=False),
        sa.UniqueConstraint("survey_id", "respondent", name="a_person_answers_a_survey_once"),
    )


def _network() -> None:
    op.create_table(
        "network_members",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("area", sa.String(100), nullable=False),
        sa.Column("person_id", sa.String(100)),
        sa.Column("joined_on", sa.Date, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.UniqueConstraint("name", "side", name="a_member_is_known_once"),
    )
    op.create_table(
        "network_meetings",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("held_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("member_ids", sa.JSON, nullable=False),
        sa.Column("minutes", sa.Text, nullable=False),
        sa.Column("entered_by", sa.String(100), nullable=False),
    )
    op.create_index("network_meetings_by_time", "network_meetings", ["held_at"])
    op.create_table(
        "network_actions",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("meeting_id", sa.String(36), sa.ForeignKey("network_meetings.id")),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("owner_id", sa.String(100), nullable=False),
        sa.Column("owner_name", sa.String(200), nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("remind_at", MOMENT),
        sa.Column("reminded_at", MOMENT),
        sa.Column("done_at", MOMENT),
        sa.Column("entered_by", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("status <> 'done' OR done_at IS NOT NULL", name="what_is_done_has_its_time"),
    )
    op.create_index("network_actions_by_owner", "network_actions", ["owner_id", "id"])
    _partial_index("network_actions_due", "network_actions", ["remind_at"], "remind_at IS NOT NULL")
    op.create_table(
        "milestones",
        sa.Column("key", sa.String(250), primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("organisation_id", sa.String(100), nullable=False),
        sa.Column("happened_on", sa.Date, nullable=False),
    )
    op.create_index("milestones_by_day", "milestones", ["happened_on"])


def downgrade() -> None:
    for table in (
        "milestones",
        "network_actions",
        "network_meetings",
        "network_members",
        "survey_answers",
        "surveys",
        "finding_deeds",
        "findings",
        "voices",
        "assets",
        "visits",
        "activists",
        "supports",
        "communities",
        "programmes",
        "introductions",
        "opportunities",
        "consultation_logs",
        "consultations",
        "consultants",
    ):
        op.drop_table(table)
