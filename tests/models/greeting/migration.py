"""Words of greeting."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "REVISION"
down_revision = "LATEST"
branch_labels = None
depends_on = None
SCHEMA = "DIGEST"


def upgrade() -> None:
    """Make the table; nobody was greeted before."""
    op.create_table(
        "greeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_greeting_resident_id")
        ),
        sa.ForeignKeyConstraint(["said_by"], ["resident.id"], name=op.f("fk_greeting_said_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_greeting")),
    )
    op.create_index(op.f("ix_greeting_resident_id"), "greeting", ["resident_id"])
