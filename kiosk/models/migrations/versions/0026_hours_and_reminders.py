"""Rules with a ladder or a reminder, the hours of a case, and lines that were not taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None
SCHEMA = "17c428c6615e70a01ed1562d87eed951a174fe407f6962dcfc9f21fc90910d25"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""


def upgrade() -> None:
    """No rule of before has a ladder or a reminder, no case says hours, no reading its lines."""
    op.add_column(
        "rule_version", sa.Column("ladder", sa.String(length=40), nullable=False, server_default="")
    )
    op.add_column(
        "rule_version",
        sa.Column("reminder", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "case", sa.Column("hours", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.add_column(
        "register_reading", sa.Column("lines", sa.Text(), nullable=False, server_default="[]")
    )
