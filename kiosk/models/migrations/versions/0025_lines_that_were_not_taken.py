"""A register that was read keeps the lines that were not taken, and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None
SCHEMA = "e01b3dc1491f68ad1b58b3ce19a882dadc69dd322083a05f7e1e5ffe091196e6"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""


def upgrade() -> None:
    """Of a register that was read before, only their number is known."""
    op.add_column(
        "register_reading", sa.Column("lines", sa.Text(), nullable=False, server_default="[]")
    )
