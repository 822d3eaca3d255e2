"""A paper that is signed has an entry of the log that says what it says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
SCHEMA = "02fccac4e07b39502c2f2f00c1f6712c3a9cbd628485c61f4a1521896d0300d3"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""


def upgrade() -> None:
    """Let a job and a signed paper name their entry; those of before have none."""
    op.add_column("print_job", sa.Column("ledger_index", sa.Integer(), nullable=True))
    op.add_column("checkpoint", sa.Column("paper", sa.Integer(), nullable=True))
