"""The language of a person, for what is printed for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the language; of whoever is in the register now, nobody knows it."""
    language = sa.Column("language", sa.String(length=2), nullable=False, server_default="")
    op.add_column("resident", language)
