"""A card can be lost, blocked, wait for another PIN, or be one of something else."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None
SCHEMA = "d643c4c903d0fdab1b815da1969d4883d3c9b004d09996ff28dede4351e3e669"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""


def upgrade() -> None:
    """No card was lost yet; what wrong PINs have blocked is written down by the timer."""
    for name in ("lost_at", "blocked_at", "pin_asked_at"):
        op.add_column("card", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "card", sa.Column("foreign", sa.Boolean(), nullable=False, server_default=sa.false())
    )
