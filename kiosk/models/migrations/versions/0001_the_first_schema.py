"""The first schema."""

from __future__ import annotations

from alembic import op

from kiosk.models import Base
from kiosk.models.schema import create_triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table and the triggers that keep the log append-only."""
    Base.metadata.create_all(op.get_bind())
    create_triggers(op.get_bind())
