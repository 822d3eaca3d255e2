"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.models.schema import create_triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table of the first release, and the triggers that keep its log append-only."""
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tree_size", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("signature", sa.String(length=100), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
        sa.UniqueConstraint("signature", name=op.f("uq_checkpoint_signature")),
    )
    op.create_index(op.f("ix_checkpoint_reference"), "checkpoint", ["reference"], unique=False)
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("lane", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("premises", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("code", name=op.f("uq_household_code")),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("index", name=op.f("pk_ledger_entry")),
    )
    op.create_table(
        "ledger_node",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "position", name=op.f("pk_ledger_node")),
    )
    op.create_table(
        "print_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("media", sa.String(length=4), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("covers", sa.Integer(), nullable=True),
        sa.Column("note_lines", sa.JSON(), nullable=False),
        sa.Column("qr_text", sa.String(length=2000), nullable=False),
        sa.Column("phase", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("device_job", sa.String(length=120), nullable=False),
        sa.Column("duplicate", sa.Boolean(), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_job")),
    )
    op.create_index(op.f("ix_print_job_phase"), "print_job", ["phase"], unique=False)
    op.create_index(op.f("ix_print_job_reference"), "print_job", ["reference"], unique=False)
    op.create_table(
        "rule_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("area", sa.String(length=30), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reporters", sa.String(length=20), nullable=False),
        sa.Column("icon", sa.String(length=40), nullable=False),
        sa.Column("title_zh", sa.String(length=80), nullable=False),
        sa.Column("title_en", sa.String(length=80), nullable=False),
        sa.Column("text_zh", sa.String(length=600), nullable=False),
        sa.Column("text_en", sa.String(length=600), nullable=False),
        sa.Column("remedy_zh", sa.String(length=600), nullable=False),
        sa.Column("remedy_en", sa.String(length=600), nullable=False),
        sa.Column("place_in_book", sa.Integer(), nullable=False),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_version")),
        sa.UniqueConstraint("rule", "version", name=op.f("uq_rule_version_rule_version")),
    )
    op.create_index(op.f("ix_rule_version_rule"), "rule_version", ["rule"], unique=False)
    op.create_table(
        "star_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_star_round")),
        sa.UniqueConstraint("year", "quarter", name=op.f("uq_star_round_year_quarter")),
    )
    op.create_table(
        "strange_card",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_strange_card")),
    )
    op.create_table(
        "touch",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touch")),
    )
    op.create_table(
        "door_sign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.String(length=16), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.String(length=12), nullable=False),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_door_sign_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["star_round.id"], name=op.f("fk_door_sign_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_sign")),
        sa.UniqueConstraint("serial", name=op.f("uq_door_sign_serial")),
    )
    op.create_index(op.f("ix_door_sign_household_id"), "door_sign", ["household_id"], unique=False)
    op.create_table(
        "ledger_content",
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["index"], ["ledger_entry.index"], name=op.f("fk_ledger_content_index")
        ),
        sa.PrimaryKeyConstraint("index", name=op.f("pk_ledger_content")),
    )
    op.create_table(
        "ledger_erasure",
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["index"], ["ledger_entry.index"], name=op.f("fk_ledger_erasure_index")
        ),
        sa.PrimaryKeyConstraint("index", name=op.f("pk_ledger_erasure")),
    )
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(length=16), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_rating_household_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["star_round.id"], name=op.f("fk_rating_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint(
            "round_id",
            "household_id",
            "dimension",
            name=op.f("uq_rating_round_id_household_id_dimension"),
        ),
    )
    op.create_index(op.f("ix_rating_household_id"), "rating", ["household_id"], unique=False)
    op.create_table(
        "resident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("register_key", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("pinyin", sa.String(length=200), nullable=False),
        sa.Column("name_order", sa.BigInteger(), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("is_head", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_resident_household_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident")),
        sa.UniqueConstraint("register_key", name=op.f("uq_resident_register_key")),
    )
    op.create_index(op.f("ix_resident_household_id"), "resident", ["household_id"], unique=False)
    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], name=op.f("fk_card_resident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.UniqueConstraint("number", name=op.f("uq_card_number")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_card_token_hash")),
    )
    op.create_index(op.f("ix_card_resident_id"), "card", ["resident_id"], unique=False)
    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("rule_version_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("part_of_day", sa.String(length=12), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply_choice", sa.String(length=20), nullable=False),
        sa.Column("reply_words", sa.String(length=400), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("touch_id", sa.String(length=32), nullable=False),
        sa.Column("handed_in_session", sa.String(length=32), nullable=False),
        sa.Column("reporter_answer", sa.String(length=8), nullable=False),
        sa.Column("put_right_way", sa.String(length=12), nullable=False),
        sa.Column("put_right_words", sa.String(length=400), nullable=False),
        sa.Column("put_right_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('deed', 'concern')", name=op.f("ck_case_kind")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["case.id"], name=op.f("fk_case_merged_into_id")
        ),
        sa.ForeignKeyConstraint(["reporter_id"], ["resident.id"], name=op.f("fk_case_reporter_id")),
        sa.ForeignKeyConstraint(
            ["rule_version_id"], ["rule_version.id"], name=op.f("fk_case_rule_version_id")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["resident.id"], name=op.f("fk_case_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("reference", name=op.f("uq_case_reference")),
        sa.UniqueConstraint("touch_id", name=op.f("uq_case_touch_id")),
    )
    op.create_index(op.f("ix_case_reporter_id"), "case", ["reporter_id"], unique=False)
    op.create_index("ix_case_state_due_at", "case", ["state", "due_at"], unique=False)
    op.create_index(op.f("ix_case_subject_id"), "case", ["subject_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_consent_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_resident_id"), "consent", ["resident_id"], unique=False)
    op.create_table(
        "correction_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sentence", sa.String(length=400), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["resident.id"], name=op.f("fk_correction_request_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_correction_request_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_request")),
    )
    op.create_index(
        op.f("ix_correction_request_resident_id"),
        "correction_request",
        ["resident_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_correction_request_state"), "correction_request", ["state"], unique=False
    )
    op.create_table(
        "declared_relative",
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("relative_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["relative_id"], ["resident.id"], name=op.f("fk_declared_relative_relative_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_declared_relative_resident_id")
        ),
        sa.PrimaryKeyConstraint("resident_id", "relative_id", name=op.f("pk_declared_relative")),
    )
    op.create_table(
        "enrolment_talk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("read_aloud", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clerk_id"], ["resident.id"], name=op.f("fk_enrolment_talk_clerk_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_enrolment_talk_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_talk")),
    )
    op.create_index(
        op.f("ix_enrolment_talk_resident_id"), "enrolment_talk", ["resident_id"], unique=False
    )
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_pause_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    op.create_index(op.f("ix_pause_resident_id"), "pause", ["resident_id"], unique=False)
    op.create_table(
        "record_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("viewer_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["resident.id"], name=op.f("fk_record_view_subject_id")
        ),
        sa.ForeignKeyConstraint(
            ["viewer_id"], ["resident.id"], name=op.f("fk_record_view_viewer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_view")),
    )
    op.create_index(op.f("ix_record_view_subject_id"), "record_view", ["subject_id"], unique=False)
    op.create_index(op.f("ix_record_view_viewer_id"), "record_view", ["viewer_id"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_role_grant_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    op.create_index(op.f("ix_role_grant_resident_id"), "role_grant", ["resident_id"], unique=False)
    op.create_table(
        "search_term",
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column(
            "term",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("shared", sa.SmallInteger(), nullable=False),
        sa.Column("name_order", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["resident.id"],
            name=op.f("fk_search_term_resident_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("resident_id", "term", name=op.f("pk_search_term")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_search_term_prefix",
        "search_term",
        ["term", "shared", "name_order", "resident_id"],
        unique=False,
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("roles", sa.String(length=60), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_sign_in_session_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
    )
    op.create_index(
        op.f("ix_sign_in_session_resident_id"), "sign_in_session", ["resident_id"], unique=False
    )
    op.create_table(
        "case_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(length=24), nullable=False),
        sa.Column("from_state", sa.String(length=20), nullable=False),
        sa.Column("to_state", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("sentence", sa.String(length=400), nullable=False),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["resident.id"], name=op.f("fk_case_move_actor_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_move_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_move")),
    )
    op.create_index(op.f("ix_case_move_case_id"), "case_move", ["case_id"], unique=False)
    op.create_table(
        "case_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_photo_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_photo")),
    )
    op.create_index(op.f("ix_case_photo_case_id"), "case_photo", ["case_id"], unique=False)
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("confirmer_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_confirmation_case_id")),
        sa.ForeignKeyConstraint(
            ["confirmer_id"], ["resident.id"], name=op.f("fk_confirmation_confirmer_id")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_confirmation_household_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint(
            "case_id", "confirmer_id", name=op.f("uq_confirmation_case_id_confirmer_id")
        ),
    )
    op.create_index(op.f("ix_confirmation_case_id"), "confirmation", ["case_id"], unique=False)
    op.create_table(
        "confirmation_request",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("witness_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_confirmation_request_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["witness_id"], ["resident.id"], name=op.f("fk_confirmation_request_witness_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "witness_id", name=op.f("pk_confirmation_request")),
    )
    op.create_index(
        op.f("ix_confirmation_request_witness_id"),
        "confirmation_request",
        ["witness_id"],
        unique=False,
    )
    op.create_table(
        "notice_slip",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("print_job_id", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("handed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_notice_slip_case_id")),
        sa.ForeignKeyConstraint(
            ["handed_by"], ["resident.id"], name=op.f("fk_notice_slip_handed_by")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_notice_slip")),
    )
    op.create_table(
        "panel_draw",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("tree_size", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_panel_draw_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_panel_draw")),
    )
    op.create_table(
        "panel_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uphold", sa.Boolean(), nullable=True),
        sa.Column("malice", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("sentence", sa.String(length=400), nullable=False),
        sa.Column("voted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_panel_seat_case_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_panel_seat_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_seat")),
        sa.UniqueConstraint(
            "case_id", "resident_id", name=op.f("uq_panel_seat_case_id_resident_id")
        ),
    )
    op.create_index(op.f("ix_panel_seat_case_id"), "panel_seat", ["case_id"], unique=False)
    op.create_index(op.f("ix_panel_seat_resident_id"), "panel_seat", ["resident_id"], unique=False)
    op.create_table(
        "point_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on > effective_on", name=op.f("ck_point_entry_ends_after_effect")),
        sa.CheckConstraint("points <> 0", name=op.f("ck_point_entry_points")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_point_entry_case_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_point_entry_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_entry")),
        sa.UniqueConstraint("case_id", name=op.f("uq_point_entry_case_id")),
    )
    op.create_index(
        op.f("ix_point_entry_resident_id"), "point_entry", ["resident_id"], unique=False
    )
    op.create_table(
        "reporting_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_reporting_pause_case_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_reporting_pause_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_pause")),
        sa.UniqueConstraint("case_id", name=op.f("uq_reporting_pause_case_id")),
    )
    op.create_index(
        op.f("ix_reporting_pause_resident_id"), "reporting_pause", ["resident_id"], unique=False
    )
    op.create_table(
        "second_reading",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(length=400), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_second_reading_case_id")),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["resident.id"], name=op.f("fk_second_reading_reader_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_second_reading")),
    )
    op.create_table(
        "wallet_movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_index", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_wallet_movement_case_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_wallet_movement_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wallet_movement")),
        sa.UniqueConstraint("case_id", name=op.f("uq_wallet_movement_case_id")),
    )
    op.create_index(
        op.f("ix_wallet_movement_resident_id"), "wallet_movement", ["resident_id"], unique=False
    )

    create_triggers(op.get_bind(), ("ledger_entry", "ledger_erasure", "ledger_node", "checkpoint"))
