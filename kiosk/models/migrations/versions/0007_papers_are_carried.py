"""Results of cases and invitations to panels that are carried to somebody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of what was printed for whom and handed over; nothing of it stood before."""
    op.create_table(
        "hand_over",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("covers", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("print_job_id", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("handed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_hand_over_case_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_hand_over_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["handed_by"], ["resident.id"], name=op.f("fk_hand_over_handed_by")
        ),
        sa.PrimaryKeyConstraint("case_id", "resident_id", "covers", name=op.f("pk_hand_over")),
    )
