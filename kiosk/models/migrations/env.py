"""What Alembic runs: migrations on the connection that `upgrade` handed over."""

from __future__ import annotations

from alembic import context

from kiosk.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=False,
    render_as_batch=True,
)
context.run_migrations()
