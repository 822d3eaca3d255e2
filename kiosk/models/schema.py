"""The schema: tables plus the triggers that keep the log append-only, and its version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from kiosk.models.ledger import APPEND_ONLY

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
_POSTGRES_REFUSE = """
CREATE TRIGGER {table}_refused BEFORE UPDATE OR DELETE ON "{table}"
FOR EACH ROW EXECUTE FUNCTION append_only()
"""
_POSTGRES_TRUNCATE = """
CREATE TRIGGER {table}_truncate_refused BEFORE TRUNCATE ON "{table}"
FOR EACH STATEMENT EXECUTE FUNCTION append_only()
"""


def trigger_statements(dialect: str, tables: Sequence[str] = APPEND_ONLY) -> Iterator[str]:
    """The DDL that makes `tables` append-only on `dialect` (``sqlite`` or ``postgresql``)."""
    if dialect == "sqlite":
        for table in tables:
            for verb in ("UPDATE", "DELETE"):
                yield _SQLITE_REFUSE.format(table=table, verb=verb)
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


def trigger_names(dialect: str) -> dict[str, str]:
    """The triggers by their names, each with the statement that makes it."""
    made = (statement.strip() for statement in trigger_statements(dialect))
    return {each.split()[2]: each for each in made if each.startswith("CREATE TRIGGER")}


def create_triggers(connection: Connection, tables: Sequence[str]) -> None:
    """Run `trigger_statements` on `connection`."""
    for statement in trigger_statements(connection.dialect.name, tables):
        connection.exec_driver_sql(statement)
