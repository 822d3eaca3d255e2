"""An entry of the log can tell many facts, each proved, and erased, by itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.models.schema import create_row_triggers

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
SCHEMA = "f6d1e902e67f4a5fa30ba4cd0355a589222ee8734bf906ef7d167bac82b83952"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""


def upgrade() -> None:
    """Make the tables of rows and of their erasures, with their guards; both are empty."""
    op.create_table(
        "ledger_row",
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(salt IS NULL) = (content IS NULL)", name=op.f("ck_ledger_row_erased_whole")
        ),
        sa.ForeignKeyConstraint(
            ["index"],
            ["ledger_entry.index"],
            name=op.f("fk_ledger_row_index"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("index", "position", name=op.f("pk_ledger_row")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_row_erasure",
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["index", "position"],
            ["ledger_row.index", "ledger_row.position"],
            name=op.f("fk_ledger_row_erasure_index"),
        ),
        sa.PrimaryKeyConstraint("index", "position", name=op.f("pk_ledger_row_erasure")),
    )
    create_row_triggers(op.get_bind())
