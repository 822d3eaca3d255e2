"""A rule may say how often it counts for one person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None
SCHEMA = "60f47dc8c8b7e86abddf6311be3f21de03e21741e89b53a5ecb30ef4d2bb53b0"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""


def upgrade() -> None:
    """No rule of before has a limit of its own."""
    op.add_column(
        "rule_version", sa.Column("caps", sa.String(length=40), nullable=False, server_default="")
    )
