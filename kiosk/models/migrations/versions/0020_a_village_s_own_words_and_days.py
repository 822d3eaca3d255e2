"""A village keeps its own places, sentences and holidays on the screen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None
SCHEMA = "fef2814c099c0ff0bb08f8b1086ff9c2884b00afd52de24fbcaa2c5f005b422c"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make both tables; places stood in the settings alone, and no day was closed."""
    op.create_table(
        "hall_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_day")),
        sa.ForeignKeyConstraint(["by_id"], ["resident.id"], name=op.f("fk_hall_day_by_id")),
    )
    op.create_table(
        "own_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_word")),
        sa.ForeignKeyConstraint(["by_id"], ["resident.id"], name=op.f("fk_own_word_by_id")),
    )
