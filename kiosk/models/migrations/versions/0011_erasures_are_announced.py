"""What is erased is listed by an entry of the log, and nothing else can be."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.models.schema import create_erasure_guards

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None
SCHEMA = "794f5fcf5c9e500f67b50e599471a9c95e6dfbf24cac743df724a268fba91366"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""


def upgrade() -> None:
    """Let an erasure name its entry; what was erased before names none."""
    op.add_column("ledger_erasure", sa.Column("by", sa.Integer(), nullable=True))
    op.add_column("ledger_row_erasure", sa.Column("by", sa.Integer(), nullable=True))
    create_erasure_guards(op.get_bind())
