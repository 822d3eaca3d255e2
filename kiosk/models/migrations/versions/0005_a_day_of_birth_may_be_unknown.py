"""Of a day of birth, only year and month may be known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add whether the day is known; every day that stands in a register now is."""
    known: sa.Column[bool] = sa.Column(
        "born_day_known", sa.Boolean(), nullable=False, server_default=sa.true()
    )
    op.add_column("resident", known)
