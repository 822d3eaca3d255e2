"""The office opens its day and closes it, with what is counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None
SCHEMA = "3ae0ef0e54fae3bb3902d77a203364e4b4e2cec5fa4cc4db4f4bba3ede4ffdea"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """No day of before was opened."""
    op.create_table(
        "workday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_with", sa.JSON(), nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("closed_with", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workday")),
        sa.UniqueConstraint("day", name=op.f("uq_workday_day")),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["resident.id"], name=op.f("fk_workday_opened_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["resident.id"], name=op.f("fk_workday_closed_by_id")
        ),
        sa.ForeignKeyConstraint(["second_id"], ["resident.id"], name=op.f("fk_workday_second_id")),
    )
