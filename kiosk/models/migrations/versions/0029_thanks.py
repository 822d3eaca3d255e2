"""Thanks: the picture with which whoever was helped reported a deed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None
SCHEMA = "529886d5aaeeb8821777c352c16d195d624cc9e2923dea1a7a026410c92a8660"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""


def upgrade() -> None:
    """No case of before was handed in as thanks."""
    op.add_column(
        "case", sa.Column("thanks", sa.String(length=12), nullable=False, server_default="")
    )
