"""What a yearly register says otherwise is kept until somebody decides on it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None
SCHEMA = "1debe82c4f4309959645c29d4e2e0f50a705436f9700f5b2b06e4776a49c1b9e"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""


def upgrade() -> None:
    """Make both tables; no register was held against the village yet."""
    op.create_table(
        "register_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=80), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_reading")),
        sa.ForeignKeyConstraint(["by_id"], ["resident.id"], name=op.f("fk_register_reading_by_id")),
    )
    op.create_table(
        "register_difference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("why", sa.String(length=8), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("seen", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_difference")),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["register_reading.id"],
            name=op.f("fk_register_difference_reading_id"),
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_register_difference_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_register_difference_household_id")
        ),
    )
    for column in ("reading_id", "resident_id"):
        op.create_index(op.f(f"ix_register_difference_{column}"), "register_difference", [column])
