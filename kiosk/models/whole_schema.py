"""What stands in the database against the schema that the migrations make.

A trigger, view, table or constraint that somebody put in, took off or changed decides what every
later sentence does, and no row says so. On SQLite every statement of the schema is compared, on
PostgreSQL its whole catalogue (`server_schema`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, create_engine, text

from kiosk.models import migrations, server_schema
from kiosk.models.server_schema import Objects

_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master"
_SQLITES_OWN = ("sqlite_stat1", "sqlite_stat4", "sqlite_sequence")
"""Tables that SQLite keeps for itself and makes when it likes."""
_SAID = re.compile(r'^SCHEMA = "([0-9a-f]{64})"$', re.MULTILINE)


@dataclass(frozen=True, order=True)
class Difference:
    """One object of the schema: `code` is ``schema_missing``, ``_foreign`` or ``_altered``."""

    code: str
    name: str


def differences(connection: Connection) -> tuple[Difference, ...]:
    """What stands in the database and should not, does not and should, or says something else."""
    if connection.dialect.name == "sqlite":
        there = _on_sqlite(connection)
        if digest(there) == said_by_the_newest_migration():
            return ()
        wanted = made_by_the_migrations()
    else:
        there, wanted = server_schema.found(connection), server_schema.made_by_the_migrations()
    return tuple(sorted(set(_between(wanted, there))))


def digest(objects: Objects) -> str:
    """SHA-256 of all objects, in hexadecimal digits."""
    said = "\n".join(f"{' '.join(which)} {sql}" for which, sql in sorted(objects.items()))
    return hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()


@cache
def said_by_the_newest_migration() -> str:
    """The digest that stands in the newest migration, which is not imported; empty for none.

    Without it the schema is made anew to compare, which takes half a second.
    """
    found = _SAID.search(migrations.files()[-1].read_text("utf-8"))
    return found[1] if found else ""


@cache
def made_by_the_migrations() -> Objects:
    """What all migrations make in an empty SQLite database."""
    import pysqlite3

    engine = create_engine("sqlite://", module=pysqlite3)
    with engine.connect() as connection:
        migrations.create(connection)
        made = _on_sqlite(connection)
    engine.dispose()
    return made


def _between(wanted: Objects, there: Objects) -> Iterator[Difference]:
    for which in wanted.keys() | there.keys():
        if which not in there:
            yield Difference("schema_missing", which[1])
        elif which not in wanted:
            yield Difference("schema_foreign", which[1])
        elif wanted[which] != there[which]:
            yield Difference("schema_altered", which[1])


def _on_sqlite(connection: Connection) -> Objects:
    return {
        (str(kind), str(name)): f"{table} {' '.join(str(sql or '').split())}"
        for kind, name, table, sql in connection.execute(text(_SQLITE))
        if not (kind == "table" and name in _SQLITES_OWN)
    }
