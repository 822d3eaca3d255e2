"""Each object of a server's schema dropped and changed, and one of each kind put in.

By the catalogue itself, so that a new table is never forgotten. Each change is made in a
transaction in which the program is asked what differs (`models.whole_schema`, which the opening and
`kiosk verify` ask), and rolled back.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import SQLAlchemyError

from kiosk.models import migrations, server_schema
from kiosk.models.whole_schema import differences
from scripts import with_postgres
from tests.faults.report import Report

Statements = tuple[str, ...]
_DEFAULTS = {
    "boolean": "true",
    "bytea": "'x'",
    "character": "'x'",
    "date": "now()",
    "json": "'{}'",
    "text": "'x'",
    "timestamp": "now()",
}
"""Something that could stand in a column that is no number, by the first word of its type."""
_ADDED: dict[str, Statements] = {
    "table added": ("CREATE TABLE foreign_table (x integer)",),
    "view added": ("CREATE VIEW foreign_view AS SELECT 1 AS x",),
    "kept view added": ("CREATE MATERIALIZED VIEW foreign_view AS SELECT 1 AS x",),
    "sequence added": ("CREATE SEQUENCE foreign_sequence",),
    "function added": ("CREATE FUNCTION foreign_one() RETURNS int LANGUAGE sql AS 'SELECT 1'",),
    "function of the same name added": (
        "CREATE FUNCTION append_only(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ),
    "type added": ("CREATE TYPE foreign_type AS (x integer)",),
    "values added": ("CREATE TYPE foreign_type AS ENUM ('x')",),
    "domain added": ("CREATE DOMAIN foreign_domain AS integer",),
    "operator added": ("CREATE OPERATOR = (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)",),
    "cast added": ("CREATE CAST (varchar AS bytea) WITHOUT FUNCTION AS ASSIGNMENT",),
    "event trigger added": (
        "CREATE FUNCTION foreign_event() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "CREATE EVENT TRIGGER foreign_event ON ddl_command_end EXECUTE FUNCTION foreign_event()",
    ),
    "triggers switched off for whoever comes": ("SET LOCAL session_replication_role = replica",),
}
_TO_A_TABLE = {
    "column added": 'ALTER TABLE "{0}" ADD COLUMN foreign_column text',
    "check added": 'ALTER TABLE "{0}" ADD CONSTRAINT foreign_check CHECK (true)',
    "index added": 'CREATE INDEX foreign_index ON "{0}" ((1))',
    "unique index added": 'CREATE UNIQUE INDEX foreign_index ON "{0}" ((1)) WHERE false',
    "trigger added": 'CREATE TRIGGER foreign_trigger BEFORE INSERT ON "{0}" '
    "FOR EACH ROW EXECUTE FUNCTION append_only()",
    "rule added": 'CREATE RULE foreign_rule AS ON DELETE TO "{0}" DO INSTEAD NOTHING',
    "policy added": 'CREATE POLICY foreign_policy ON "{0}" USING (true)',
    "row security": 'ALTER TABLE "{0}" ENABLE ROW LEVEL SECURITY',
    "heir added": 'CREATE TABLE foreign_heir () INHERITS ("{0}")',
    "dropped": 'DROP TABLE "{0}" CASCADE',
}


@dataclass(frozen=True)
class Change:
    """What somebody does who owns the tables."""

    told: str
    statements: Statements


def drive(report: Report, *, one_in: int = 1) -> None:
    """Try every change, or one in so many, on a server of its own or the one that is there."""
    if url := os.environ.get(with_postgres.VARIABLE):
        _drive(url, report, one_in)
        return
    with with_postgres.server() as url:
        _drive(url, report, one_in)


def _drive(url: str, report: Report, one_in: int) -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE SCHEMA a_village")
        connection.exec_driver_sql("SET LOCAL search_path = a_village")
        migrations.create(connection)
        if differences(connection):
            report.breach("server's schema: before anything was changed", ["differs"])
        for change in list(changes(connection))[::one_in]:
            report.count(f"server's schema: {_judged(connection, change, report)}")
        connection.rollback()
    engine.dispose()


def _judged(connection: Connection, change: Change, report: Report) -> str:
    with connection.begin_nested() as nested:
        try:
            for statement in change.statements:
                connection.exec_driver_sql(statement)
            found = differences(connection)
        except SQLAlchemyError as refusal:
            if "is in a primary key" not in str(refusal):  # which can be empty on no server
                report.breach("server's schema, not made", [f"{change.told}: {refusal}"])
            return "refused by the server"
        finally:
            nested.rollback()
    if not found:
        report.breach("server's schema, NEITHER", [change.told])
    return "changes found" if found else "NEITHER"


def changes(connection: Connection) -> Iterator[Change]:
    """Of every object each change, and one of each kind put in."""
    objects = server_schema.found(connection)
    for (kind, name), said in sorted(objects.items()):
        if kind in _OF:
            for what, statements in _OF[kind](name, said):
                yield Change(f"{kind} {name} {what}", statements)
    for what, statements in _ADDED.items():
        yield Change(what, statements)


def _of_table(name: str, _said: str) -> Iterator[tuple[str, Statements]]:
    for what, statement in _TO_A_TABLE.items():
        yield what, (statement.format(name),)


def _of_column(name: str, said: str) -> Iterator[tuple[str, Statements]]:
    table, _, column = name.partition(".")
    begins = f'ALTER TABLE "{table}" ALTER COLUMN "{column}"'
    value = _DEFAULTS.get(said.split()[0], "1")
    default = "DROP DEFAULT" if "default" in said else f"SET DEFAULT {value}"
    yield "dropped", (f'ALTER TABLE "{table}" DROP COLUMN "{column}" CASCADE',)
    yield "of another name", (f'ALTER TABLE "{table}" RENAME COLUMN "{column}" TO foreign_column',)
    yield "may be empty, or not", (f"{begins} {'DROP' if 'not null' in said else 'SET'} NOT NULL",)
    yield "of another default", (f"{begins} {default}",)
    if "character varying" in said:
        yield "of another length", (f"{begins} TYPE varchar(7)",)


def _of_constraint(name: str, said: str) -> Iterator[tuple[str, Statements]]:
    table, says = said.removeprefix("on ").split(" ", 1)
    drop = f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}" CASCADE'
    yield "dropped", (drop,)
    other = f"{says} NOT VALID" if says.startswith("CHECK") else f"{says} DEFERRABLE"
    if "DEFERRABLE" in says:
        other = says.partition(" DEFERRABLE")[0]
    yield "changed", (drop, f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {other}')
    if says.startswith("FOREIGN"):
        yield "switched off", (f'ALTER TABLE "{table}" DISABLE TRIGGER ALL',)


def _of_index(name: str, said: str) -> Iterator[tuple[str, Statements]]:
    if not name.startswith("ix_"):
        return  # what stands behind a constraint goes with it
    drop = f'DROP INDEX "{name}"'
    yield "dropped", (drop,)
    yield "changed", (drop, f"{said.partition(' WHERE ')[0]} WHERE false")


def _of_trigger(name: str, said: str) -> Iterator[tuple[str, Statements]]:
    table = said.partition(" ON ")[2].split()[0]
    drop = f'DROP TRIGGER "{name}" ON {table}'
    yield "dropped", (drop,)
    yield "switched off", (f'ALTER TABLE {table} DISABLE TRIGGER "{name}"',)
    if "FOR EACH ROW" in said:
        yield "changed", (drop, said.replace("EXECUTE", "WHEN (false) EXECUTE"))


def _of_sequence(name: str, _said: str) -> Iterator[tuple[str, Statements]]:
    yield "dropped", (f'DROP SEQUENCE "{name}" CASCADE',)
    yield "changed", (f'ALTER SEQUENCE "{name}" INCREMENT BY 2',)


def _of_function(name: str, said: str) -> Iterator[tuple[str, Statements]]:
    yield "dropped", (f'DROP FUNCTION "{name}" CASCADE',)
    does = "AS $function$ BEGIN RETURN NEW; END $function$"
    yield "does something else", (f"{said.partition('AS $')[0]}{does}",)
    yield "does it for another", (f'ALTER FUNCTION "{name}" SECURITY DEFINER',)


_OF = {
    "table": _of_table,
    "column": _of_column,
    "constraint": _of_constraint,
    "index": _of_index,
    "trigger": _of_trigger,
    "sequence": _of_sequence,
    "function": _of_function,
}
