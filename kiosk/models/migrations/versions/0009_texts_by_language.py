"""The words of a rule and of a perk stand in one column, by language."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
SCHEMA = "fd0528822401880bb2849d4de1b52e358ee8a1b295f51c284068af1f63ce57f6"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""

_TEXTS = {"rule_version": ("title", "text", "remedy"), "perk": ("title",)}
_LANGUAGES = ("zh", "en")


def upgrade() -> None:
    """Put what stood in a column for each language into one; the log is not touched."""
    for table, names in _TEXTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.JSON(), nullable=False, server_default="{}"))
        _fill(table, names)
        for name in names:
            for language in _LANGUAGES:
                op.drop_column(table, f"{name}_{language}")


def _fill(table: str, names: tuple[str, ...]) -> None:
    before: list[sa.ColumnClause[str]] = [
        sa.column(f"{name}_{language}") for name in names for language in _LANGUAGES
    ]
    after = [sa.column(name, sa.JSON()) for name in names]
    rows = sa.table(table, sa.column("id"), *before, *after)
    bind = op.get_bind()
    for row in bind.execute(sa.select(rows.c.id, *before)).mappings().all():
        texts = {
            name: {language: row[f"{name}_{language}"] for language in _LANGUAGES} for name in names
        }
        bind.execute(sa.update(rows).where(rows.c.id == row["id"]).values(texts))
