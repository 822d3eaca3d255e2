"""The shelf is counted, and what everybody gets is handed out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None
SCHEMA = "6a3f6e5d1a9711592a99f6b699e6aee66fa5e5fb070db26d82fdf8cede6d2bff"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""

_MOMENT = sa.DateTime(timezone=True)


def _person(column: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(column, sa.Integer(), nullable=nullable)


def _points_to(table: str, column: str, there: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{there}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Nothing was counted or handed out before."""
    op.create_table(
        "shelf_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("perk_id", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        _person("by_id"),
        _person("second_id", nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        _points_to("shelf_count", "perk_id", "perk"),
        _points_to("shelf_count", "by_id", "resident"),
        _points_to("shelf_count", "second_id", "resident"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_count")),
    )
    op.create_table(
        "hand_out",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("perk_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=80), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        _person("by_id"),
        _person("second_id"),
        sa.Column("at", _MOMENT, nullable=False),
        _points_to("hand_out", "perk_id", "perk"),
        _points_to("hand_out", "by_id", "resident"),
        _points_to("hand_out", "second_id", "resident"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_out")),
    )
    op.create_table(
        "handed_out",
        sa.Column("hand_out_id", sa.Integer(), nullable=False),
        _person("resident_id"),
        _person("by_id"),
        sa.Column("at", _MOMENT, nullable=False),
        _points_to("handed_out", "hand_out_id", "hand_out"),
        _points_to("handed_out", "resident_id", "resident"),
        _points_to("handed_out", "by_id", "resident"),
        sa.PrimaryKeyConstraint("hand_out_id", "resident_id", name=op.f("pk_handed_out")),
    )
    op.create_index(op.f("ix_handed_out_resident_id"), "handed_out", ["resident_id"], unique=False)
