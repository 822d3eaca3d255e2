"""An office may have a last day, and may rest for a while."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None
SCHEMA = "922905ed0a7617234c8e025fe712e9f74b36c667fd13f99a03202c93b176893b"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""


def upgrade() -> None:
    """Every office so far has no last day and does not rest."""
    for name in ("last_day", "pause_first", "pause_last"):
        op.add_column("role_grant", sa.Column(name, sa.Date(), nullable=True))
    reason = sa.Column("pause_reason", sa.String(length=12), nullable=False, server_default="")
    op.add_column("role_grant", reason)
    op.add_column("role_grant", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
