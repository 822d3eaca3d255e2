"""What happens in a family is written down, and can be taken back for ten minutes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
SCHEMA = "5a4b413ff8399ea50b0d9f88089991ec88b340ad469b9213010269f83af5fdf6"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""


def upgrade() -> None:
    """Make the table; nothing of before is in it."""
    op.create_table(
        "life_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_event")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_life_event_household_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["resident.id"], name=op.f("fk_life_event_by_id")),
    )
    op.create_index(op.f("ix_life_event_household_id"), "life_event", ["household_id"])
    op.create_index(op.f("ix_life_event_state"), "life_event", ["state"])
