"""What stands in the database against the schema that the migrations make.

A trigger, view, table or constraint that somebody put in, took off or changed decides what every
later sentence does, and no row says so. On SQLite every statement of the schema is compared. On
PostgreSQL the names of all relations, triggers, functions, rules and policies are, and what the
triggers' functions do; its columns and constraints are not.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, create_engine, text

from kiosk.models import Base, migrations
from kiosk.models.schema import every_statement, trigger_names

_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master"
_SQLITES_OWN = ("sqlite_stat1", "sqlite_stat4", "sqlite_sequence")
"""Tables that SQLite keeps for itself and makes when it likes."""
_SAID = re.compile(r'^SCHEMA = "([0-9a-f]{64})"$', re.MULTILINE)

_POSTGRES = (
    "SELECT CASE relkind WHEN 'r' THEN 'table' ELSE 'other' END, relname, '' FROM pg_class "
    "WHERE relnamespace = CAST(current_schema() AS regnamespace) "
    "AND relkind IN ('r', 'p', 'v', 'm', 'f') "
    "AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')",
    "SELECT 'function', proname, prosrc FROM pg_proc "
    "WHERE pronamespace = CAST(current_schema() AS regnamespace) "
    "AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')",
    "SELECT 'trigger', tgname, CASE WHEN tgenabled IN ('O', 'A') THEN relname ELSE '' END "
    "FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE relnamespace = CAST(current_schema() AS regnamespace) AND NOT tgisinternal",
    "SELECT 'rule', rulename, relname FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class "
    "WHERE relnamespace = CAST(current_schema() AS regnamespace) AND rulename <> '_RETURN'",
    "SELECT 'policy', polname, relname FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid "
    "WHERE relnamespace = CAST(current_schema() AS regnamespace)",
)
"""What may stand in the village's schema on a server; what its keeper's extensions made may."""

_Objects = Mapping[tuple[str, str], str]
"""What an object is by kind and name, and what it says."""


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
        there, wanted = _on_postgres(connection), _wanted_on_postgres()
    return tuple(sorted(set(_between(wanted, there))))


def digest(objects: _Objects) -> str:
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
def made_by_the_migrations() -> _Objects:
    """What all migrations make in an empty SQLite database."""
    import pysqlite3

    engine = create_engine("sqlite://", module=pysqlite3)
    with engine.connect() as connection:
        migrations.create(connection)
        made = _on_sqlite(connection)
    engine.dispose()
    return made


def _between(wanted: _Objects, there: _Objects) -> Iterator[Difference]:
    for which in wanted.keys() | there.keys():
        if which not in there:
            yield Difference("schema_missing", which[1])
        elif which not in wanted:
            yield Difference("schema_foreign", which[1])
        elif wanted[which] != there[which]:
            yield Difference("schema_altered", which[1])


def _on_sqlite(connection: Connection) -> _Objects:
    return {
        (str(kind), str(name)): f"{table} {' '.join(str(sql or '').split())}"
        for kind, name, table, sql in connection.execute(text(_SQLITE))
        if not (kind == "table" and name in _SQLITES_OWN)
    }


def _on_postgres(connection: Connection) -> _Objects:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for question in _POSTGRES:
        for kind, name, said in connection.execute(text(question)):
            found[str(kind), str(name)].append(" ".join(str(said).split()))
    # Names may stand twice there: triggers of two tables, functions of other arguments.
    return {which: " and ".join(sorted(said)) for which, said in found.items()}


def _wanted_on_postgres() -> _Objects:
    tables = [*Base.metadata.tables, "alembic_version"]
    wanted = {("table", name): "" for name in tables}
    for name, statement in trigger_names("postgresql").items():
        wanted["trigger", name] = statement.partition(" ON ")[2].split()[0].strip('"')
    for statement in every_statement("postgresql"):
        if statement.strip().startswith("CREATE OR REPLACE FUNCTION"):
            head, body, _ = statement.split("$$")
            name = head.partition("FUNCTION ")[2].partition("(")[0]
            wanted["function", name] = " ".join(body.replace("%%", "%").split())
    return wanted
