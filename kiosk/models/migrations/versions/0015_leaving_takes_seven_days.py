"""A wish to leave is kept for seven days; the entries that say it are never erased."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.models.schema import create_erasure_guards

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
SCHEMA = "77fe84227d66310268f5164174b9f7dad88fa13209907bc9b145c252e5ff1684"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table of wishes, and keep their entries as those of erasures are kept."""
    op.create_table(
        "leaving",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issued_by"], ["resident.id"], name=op.f("fk_leaving_issued_by")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_leaving_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaving")),
    )
    op.create_index(op.f("ix_leaving_resident_id"), "leaving", ["resident_id"])
    create_erasure_guards(op.get_bind())
