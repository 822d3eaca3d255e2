"""A rule may say what more hours give and that a first time is a reminder; a case its hours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None
SCHEMA = "0cda8421b2de269afaa340c9ce2fed717bc63b20939008b492e8c1ea0d03e3d2"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""


def upgrade() -> None:
    """No rule of before has a ladder or a reminder, and no case says hours."""
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
