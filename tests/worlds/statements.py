"""One memory of compiled statements for all databases of a process.

An engine compiles a statement once and keeps it. Each test opens an engine of its own, so that
without this each test would compile all its statements anew: a third of a services test.
"""

from __future__ import annotations

from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import CompiledCacheType

from kiosk.models.database import Database

_dialects: dict[str, Dialect] = {}
_compiled: dict[str, CompiledCacheType] = {}


def remembering(database: Database) -> Database:
    """`database`, of which the schema is there, with what those before it had compiled."""
    engine = database.engine
    name = engine.dialect.name
    if name not in _dialects:
        engine.connect().close()  # a dialect asks its first server what it is
        _dialects[name] = engine.dialect
    # What is compiled is kept by dialect, and mappers keep some of it themselves.
    engine.dialect = _dialects[name]
    engine.update_execution_options(compiled_cache=_compiled.setdefault(name, {}))
    return database
