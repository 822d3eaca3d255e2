"""How many stars a household wants shown, where these are fewer than it earned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of the households' choices; whoever chose nothing shows everything."""
    op.create_table(
        "sign_choice",
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(length=16), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.CheckConstraint("most >= 0", name=op.f("ck_sign_choice_most")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_sign_choice_household_id")
        ),
        sa.PrimaryKeyConstraint("household_id", "dimension", name=op.f("pk_sign_choice")),
    )
