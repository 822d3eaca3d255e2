"""One memory of compiled statements for all databases on the test server.

An engine compiles a statement once and keeps it. Each test opens an engine of its own, so that
without this each test would compile all its statements anew: a third of a services test. On SQLite
the kiosk does so itself.
"""

from __future__ import annotations

from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import CompiledCacheType

from kiosk.models.database import Database
from tests.worlds.server import postgres

_dialects: list[Dialect] = []
_compiled: CompiledCacheType = {}


def remembering(database: Database) -> Database:
    """`database`, of which the schema is there, with what those before it had compiled."""
    if database.is_sqlite:
        return database
    if not _dialects:
        first = Database(postgres())
        first.engine.connect().close()  # a dialect asks its first server what it is
        first.close()
        _dialects.append(first.engine.dialect)
    engine = database.engine
    # What is compiled is kept by dialect, and mappers keep some of it themselves.
    engine.dialect = _dialects[0]
    engine.update_execution_options(compiled_cache=_compiled)
    return database
