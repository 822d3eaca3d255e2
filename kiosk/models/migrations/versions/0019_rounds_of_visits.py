"""A round of visits: who was drawn for whom, what each saw, and what came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None
SCHEMA = "67a058fc578fbe1c5097eac4dcddafc388d24ad239f5984a1b82bdb79277e4ea"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""


def upgrade() -> None:
    """Make the tables; no round was opened yet."""
    op.create_table(
        "visit_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("rubric", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("invited_by", sa.String(length=64), nullable=False),
        sa.Column("pool", sa.JSON(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_round")),
        sa.UniqueConstraint("year", "quarter", name=op.f("uq_visit_round_year_quarter")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["resident.id"], name=op.f("fk_visit_round_first_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["resident.id"], name=op.f("fk_visit_round_second_id")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["resident.id"], name=op.f("fk_visit_round_closed_by")
        ),
    )
    op.create_table(
        "inspector",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=4), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("round_id", "resident_id", name=op.f("pk_inspector")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["visit_round.id"], name=op.f("fk_inspector_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_inspector_resident_id")
        ),
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("premises", sa.String(length=12), nullable=False),
        sa.Column("barred", sa.JSON(), nullable=False),
        sa.Column("look", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("stars", sa.JSON(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("code", name=op.f("uq_visit_code")),
        sa.UniqueConstraint(
            "round_id", "household_id", name=op.f("uq_visit_round_id_household_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["visit_round.id"], name=op.f("fk_visit_round_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_visit_household_id")
        ),
    )
    op.create_index(op.f("ix_visit_household_id"), "visit", ["household_id"])
    op.create_index(op.f("ix_visit_round_id"), "visit", ["round_id"])
    op.create_index(op.f("ix_visit_state"), "visit", ["state"])
    op.create_table(
        "visit_seat",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("look", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_why", sa.String(length=10), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("put_forward", sa.JSON(), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("visit_id", "number", name=op.f("pk_visit_seat")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_seat_visit_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_visit_seat_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["resident.id"], name=op.f("fk_visit_seat_entered_by")
        ),
    )
    op.create_index(op.f("ix_visit_seat_resident_id"), "visit_seat", ["resident_id"])
    op.create_table(
        "visit_reply",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("look", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("visit_id", "resident_id", "look", name=op.f("pk_visit_reply")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_reply_visit_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_visit_reply_resident_id")
        ),
    )
