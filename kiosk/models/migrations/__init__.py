"""Alembic migrations: run only when the schema's version differs; a newer one is refused."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from kiosk.core.errors import EnvironmentFault
from kiosk.models.database import Database


def files() -> tuple[Path, ...]:
    """The files of all migrations, in their order."""
    return tuple(sorted(Path(__file__).parent.glob("versions/[0-9]*.py")))


LATEST = files()[-1].name[:4]
"""The revision this program was written for; equal to Alembic's head, which a test holds."""


def upgrade(database: Database) -> None:
    """Bring the schema to `LATEST`; nothing is imported or run if it is there already.

    Raises:
        EnvironmentFault: ``database_newer`` if a newer program wrote this database.
    """
    with database.read() as session:
        found = current(session.connection())
    if found == LATEST:
        return
    with database.write() as session:
        _run(session.connection(), found)


def create(connection: Connection) -> None:
    """Make the schema in an empty database, in the caller's transaction."""
    _run(connection, None)


def current(connection: Connection) -> str | None:
    """The revision in the database; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _run(connection: Connection, found: str | None) -> None:
    from alembic.command import upgrade as alembic_upgrade
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise EnvironmentFault("database_newer", found)
    config.attributes["connection"] = connection
    alembic_upgrade(config, "head")
