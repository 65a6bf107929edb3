"""Deductions from a deposit may be larger than 32 bits."""

import sqlalchemy as sa
from alembic import op

revision = "recruitment_0003"
down_revision = "recruitment_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _change(sa.BigInteger, sa.Integer)


def downgrade() -> None:
    _change(sa.Integer, sa.BigInteger)


def _change(after: type[sa.Integer], before: type[sa.Integer]) -> None:
    """SQLite's integers have 64 bits."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("tenancies", "deductions", type_=after, existing_type=before, existing_nullable=True)
