"""A change of a rule is proposed, shown, and adopted by two officers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
SCHEMA = "6db5e8a8227e012ad1f041473562a2abc535252e9b8305f08fefbbd3d24dfcae"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""

_MOMENT = sa.DateTime(timezone=True)
_OFFICERS = ("by_id", "first_id", "second_id")


def upgrade() -> None:
    """Make the table; rules changed by a file alone before."""
    op.create_table(
        "rule_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("assembly", sa.Date(), nullable=True),
        sa.Column("begins", sa.Date(), nullable=True),
        sa.Column("first_id", sa.Integer(), nullable=True),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("adopted_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_change")),
        *(
            sa.ForeignKeyConstraint([each], ["resident.id"], name=op.f(f"fk_rule_change_{each}"))
            for each in _OFFICERS
        ),
    )
    op.create_index(op.f("ix_rule_change_rule"), "rule_change", ["rule"])
    op.create_index(op.f("ix_rule_change_state"), "rule_change", ["state"])
