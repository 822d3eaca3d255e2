"""A correction is declined for a listed reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the reason; what was answered before has none."""
    reason = sa.Column("reason", sa.String(length=20), nullable=False, server_default="")
    op.add_column("correction_request", reason)
