"""Awards open one programme for a year's stage, however many come at once; findings have a rank of their own;
the register counts its versions.
"""

import sqlalchemy as sa
from alembic import op

revision = "training_0003"
down_revision = "training_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _programmes()
    _findings()
    op.add_column("activists", sa.Column("version", sa.Integer, nullable=False, server_default="1"))


def _programmes() -> None:
    op.add_column("programmes", sa.Column("by_award", sa.Boolean, nullable=False, server_default=sa.false()))
    only = sa.text("by_award")
    op.create_index(
        "awards_open_one_programme_a_stage",
        "programmes",
        ["year", "stage"],
        unique=True,
        postgresql_where=only,
        sqlite_where=only,
    )


def _findings() -> None:
    """Until now their rank followed from the voices of their theme."""
    op.add_column("findings", sa.Column("rank", sa.Integer, nullable=False, server_default="0"))
    findings = sa.table("findings", sa.column("id"), sa.column("theme"), sa.column("rank"))
    voices = sa.table("voices", sa.column("theme"))
    loudest = sa.select(sa.func.count()).where(voices.c.theme == findings.c.theme).scalar_subquery()
    ranked = op.get_bind().execute(sa.select(findings.c.id).order_by(loudest.desc(), findings.c.id)).scalars().all()
    for rank, finding_id in enumerate(ranked, start=1):
        op.execute(findings.update().where(findings.c.id == finding_id).values(rank=rank))
    op.create_index("a_rank_is_given_once", "findings", ["rank"], unique=True)


def downgrade() -> None:
    op.drop_column("activists", "version")
    op.drop_index("a_rank_is_given_once", "findings")
    op.drop_column("findings", "rank")
    op.drop_index("awards_open_one_programme_a_stage", "programmes")
    op.drop_column("programmes", "by_award")
