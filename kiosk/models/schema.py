"""The schema: tables plus the triggers that keep the log append-only, and its version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

_SQLITE_REFUSE = """
CREATE TRIGGER {table}_{verb}_refused BEFORE {verb} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_SQLITE_CONTENT_UPDATE = """
CREATE TRIGGER ledger_content_update_refused BEFORE UPDATE ON ledger_content
BEGIN SELECT RAISE(ABORT, 'ledger_content is append-only'); END
"""
_SQLITE_CONTENT_DELETE = """
CREATE TRIGGER ledger_content_delete_announced BEFORE DELETE ON ledger_content
WHEN NOT EXISTS (SELECT 1 FROM ledger_erasure WHERE "index" = OLD."index")
BEGIN SELECT RAISE(ABORT, 'erasure was not announced'); END
"""
_SQLITE_ROW_UPDATE = """
CREATE TRIGGER ledger_row_update_announced BEFORE UPDATE ON ledger_row
WHEN NOT (
  NEW."index" IS OLD."index" AND NEW.position IS OLD.position AND NEW.hash IS OLD.hash
  AND NEW.salt IS NULL AND NEW.content IS NULL
  AND EXISTS (
    SELECT 1 FROM ledger_row_erasure WHERE "index" = OLD."index" AND position = OLD.position
  )
)
BEGIN SELECT RAISE(ABORT, 'erasure of a row was not announced'); END
"""
_ITS_ENTRY = """
  SELECT 1 FROM {erasure} AS erasure
  JOIN ledger_entry AS announcer ON announcer."index" = erasure."by"
  WHERE erasure."index" = OLD."index" AND erasure."index" < announcer."index"
  AND announcer.kind IN ('forgotten', 'left')"""
_STAYS = """ AND NOT EXISTS (
    SELECT 1 FROM ledger_entry WHERE "index" = OLD."index" AND kind IN
    ('forgotten', 'left', 'carried_over', 'founded', 'key_replaced', 'restored',
     'leaving_asked', 'leaving_taken_back')
  )
"""
_ENTRYS = _ITS_ENTRY.format(erasure="ledger_erasure") + _STAYS
_ROWS = _ITS_ENTRY.format(erasure="ledger_row_erasure") + " AND erasure.position = OLD.position\n"
"""The erasure of what is about to go, if a later entry is named as the one that lists it."""
_NOTHING_ELSE = """
  NEW."index" = OLD."index" AND NEW.position = OLD.position
  AND NEW.hash IS NOT DISTINCT FROM OLD.hash AND NEW.salt IS NULL AND NEW.content IS NULL"""
_GUARDS = {
    "sqlite": (
        "DROP TRIGGER ledger_content_delete_announced",
        f"""
CREATE TRIGGER ledger_content_delete_announced BEFORE DELETE ON ledger_content
WHEN NOT EXISTS ({_ENTRYS})
BEGIN SELECT RAISE(ABORT, 'erasure was not announced'); END
""",
        "DROP TRIGGER ledger_row_update_announced",
        f"""
CREATE TRIGGER ledger_row_update_announced BEFORE UPDATE ON ledger_row
WHEN NOT ({_NOTHING_ELSE} AND EXISTS ({_ROWS}))
BEGIN SELECT RAISE(ABORT, 'erasure of a row was not announced'); END
""",
    ),
    "postgresql": (
        f"""
CREATE OR REPLACE FUNCTION announced_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS ({_ENTRYS}) THEN
    RAISE EXCEPTION 'erasure was not announced';
  END IF;
  RETURN OLD;
END $$
""",
        f"""
CREATE OR REPLACE FUNCTION announced_row_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT ({_NOTHING_ELSE} AND EXISTS ({_ROWS})) THEN
    RAISE EXCEPTION 'erasure of a row was not announced';
  END IF;
  RETURN NEW;
END $$
""",
    ),
}

_POSTGRES_FUNCTIONS = (
    """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME; END $$
""",
    """
CREATE OR REPLACE FUNCTION announced_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger_erasure WHERE "index" = OLD."index") THEN
    RAISE EXCEPTION 'erasure was not announced';
  END IF;
  RETURN OLD;
END $$
""",
)
_POSTGRES_ROW_FUNCTION = """
CREATE OR REPLACE FUNCTION announced_row_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."index" IS DISTINCT FROM OLD."index" OR NEW.position IS DISTINCT FROM OLD.position
     OR NEW.hash IS DISTINCT FROM OLD.hash OR NEW.salt IS NOT NULL OR NEW.content IS NOT NULL
     OR NOT EXISTS (
       SELECT 1 FROM ledger_row_erasure WHERE "index" = OLD."index" AND position = OLD.position
     ) THEN
    RAISE EXCEPTION 'erasure of a row was not announced';
  END IF;
  RETURN NEW;
END $$
"""
_POSTGRES_REFUSE = """
CREATE TRIGGER {table}_refused BEFORE UPDATE OR DELETE ON "{table}"
FOR EACH ROW EXECUTE FUNCTION append_only()
"""
_POSTGRES_TRUNCATE = """
CREATE TRIGGER {table}_truncate_refused BEFORE TRUNCATE ON "{table}"
FOR EACH STATEMENT EXECUTE FUNCTION append_only()
"""


_OF_THE_FIRST = ("ledger_entry", "ledger_erasure", "ledger_node", "checkpoint")
"""Append-only since the first schema, which can make no guards for tables that came later."""
_ROW_ERASURES = ("ledger_row_erasure",)


def trigger_statements(dialect: str, tables: Sequence[str] = _OF_THE_FIRST) -> Iterator[str]:
    """The DDL that makes `tables` append-only on `dialect` (``sqlite`` or ``postgresql``)."""
    if dialect == "sqlite":
        yield from _refusals(tables)
        yield _SQLITE_CONTENT_UPDATE
        yield _SQLITE_CONTENT_DELETE
        return
    yield from _POSTGRES_FUNCTIONS
    for table in (*tables, "ledger_content"):
        yield _POSTGRES_TRUNCATE.format(table=table)
    for table in tables:
        yield _POSTGRES_REFUSE.format(table=table)
    yield (
        "CREATE TRIGGER ledger_content_update_refused BEFORE UPDATE ON ledger_content "
        "FOR EACH ROW EXECUTE FUNCTION append_only()"
    )
    yield (
        "CREATE TRIGGER ledger_content_delete_announced BEFORE DELETE ON ledger_content "
        "FOR EACH ROW EXECUTE FUNCTION announced_erasure()"
    )


def row_trigger_statements(dialect: str) -> Iterator[str]:
    """The DDL that lets rows of an entry be blanked, once that was announced, and nothing else."""
    if dialect == "sqlite":
        yield from _refusals(_ROW_ERASURES)
        yield _SQLITE_REFUSE.format(table="ledger_row", verb="DELETE")
        yield _SQLITE_ROW_UPDATE
        return
    yield _POSTGRES_ROW_FUNCTION
    for table in (*_ROW_ERASURES, "ledger_row"):
        yield _POSTGRES_TRUNCATE.format(table=table)
    for table in _ROW_ERASURES:
        yield _POSTGRES_REFUSE.format(table=table)
    yield (
        "CREATE TRIGGER ledger_row_delete_refused BEFORE DELETE ON ledger_row "
        "FOR EACH ROW EXECUTE FUNCTION append_only()"
    )
    yield (
        "CREATE TRIGGER ledger_row_update_announced BEFORE UPDATE ON ledger_row "
        "FOR EACH ROW EXECUTE FUNCTION announced_row_erasure()"
    )


def create_triggers(connection: Connection, tables: Sequence[str]) -> None:
    """Run `trigger_statements` on `connection`."""
    for statement in trigger_statements(connection.dialect.name, tables):
        connection.exec_driver_sql(statement)


def create_row_triggers(connection: Connection) -> None:
    """Run `row_trigger_statements` on `connection`."""
    for statement in row_trigger_statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


def create_erasure_guards(connection: Connection) -> None:
    """Let content and rows go only when a later entry is named that lists them."""
    for statement in _GUARDS[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def _refusals(tables: Sequence[str]) -> Iterator[str]:
    for table in tables:
        for verb in ("UPDATE", "DELETE"):
            yield _SQLITE_REFUSE.format(table=table, verb=verb)
