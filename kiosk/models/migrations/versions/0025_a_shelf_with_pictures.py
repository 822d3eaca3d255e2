"""What is on the shelf has a picture and may have a limit and an end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None
SCHEMA = "ade499d596d90ac21f78b9af3b2aec304c9e070e383ce88b74c819064daf8e05"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""


def upgrade() -> None:
    """What was offered before has the picture of a present, no limit, and no end."""
    picture = sa.Column("picture", sa.String(length=20), nullable=False, server_default="gift")
    op.add_column("perk", picture)
    op.add_column("perk", sa.Column("per_person", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("perk", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
