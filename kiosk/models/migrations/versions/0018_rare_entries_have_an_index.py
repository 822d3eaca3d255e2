"""Entries that are asked for by their kind, and are few, are found without reading the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None
SCHEMA = "63e2af798710aec82445e4aa97c0316430583d7a44e2c1b957dd2639aeefb4da"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""
RARE = ("key_replaced", "restored", "pepper_changed", "clock_confirmed", "fire_drill", "left")


def upgrade() -> None:
    """Make the index: it reads the log once."""
    rare = sa.text(" OR ".join(f"kind = '{kind}'" for kind in RARE))
    op.create_index(
        op.f("ix_ledger_entry_rare"),
        "ledger_entry",
        ["kind"],
        sqlite_where=rare,
        postgresql_where=rare,
    )
