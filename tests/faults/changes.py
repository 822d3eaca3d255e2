"""What is changed in the matrix: a value, a row, an object of the schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from kiosk.core.texts import Texts
from kiosk.models import Base
from kiosk.models.about import NotInLog, Projected, Proved
from kiosk.models.base import Moment
from kiosk.models.ledger import LedgerContent, LedgerErasure
from kiosk.services.audit.fold.compare import SLACK
from tests.faults.tampered import Cell, Change, Row, Tampering, other_text, table_of


def cells_of(tampered: Tampering, model: type[Base]) -> Iterator[list[Change]]:
    """The changes of each cell of a table."""
    for column in table_of(model).columns:
        yield [
            change
            for row in tampered.telling_rows(model, column.name)
            for change in _changes(tampered, model, column, row)
        ]
    rows = tampered.rows(model)
    yield [_deletion(model, row) for row in rows]
    yield [_insertion(tampered, model, row) for row in rows]
    if "ledger_index" in table_of(model).columns:
        yield [_erasure(tampered, model, row) for row in rows]


# --- the program's own list


def row_excuse(model: type[Base]) -> str:
    """Why no row of the table is held against the log; empty where they are."""
    return model.logged.why if isinstance(model.logged, NotInLog) else ""


def excuse(model: type[Base], column: str) -> str:
    """Why the column is not held against the log; empty where it is."""
    logged = model.logged
    if isinstance(logged, Projected) and column == logged.counted:
        return "its numbers may be any, in the order of the log"
    if isinstance(logged, Projected | Proved):
        return logged.unproved.get(column, "")
    return row_excuse(model)


# --- values that could stand there


def _changes(
    tampered: Tampering, model: type[Base], column: sa.Column[Any], row: Row
) -> Iterator[Change]:
    for value in _plausible(tampered, model, column, row):
        yield Change(
            cell=Cell(model.__tablename__, f"{column.name} changed"),
            told=f"{_key(model, row)}: {_short(row[column.name])} -> {_short(value)}",
            make=_update(model, row, column.name, value),
            row=str(_key(model, row)),
            excuse=excuse(model, column.name),
        )


def _plausible(
    tampered: Tampering, model: type[Base], column: sa.Column[Any], row: Row
) -> Iterator[Any]:
    """Other values for a place, the most harmful first, each once and none that stands there."""
    tried = [row[column.name]]
    for value in _values(tampered, model, column, row):
        if value not in tried and not _soon(value, row[column.name]):
            tried.append(value)
            yield value


def _soon(value: object, now: object) -> bool:
    """Both are moments, the one so near the other that they are taken for one."""
    moments = isinstance(value, datetime) and isinstance(now, datetime)
    return moments and abs(value - now) <= SLACK  # type: ignore[operator]


def _values(
    tampered: Tampering, model: type[Base], column: sa.Column[Any], row: Row
) -> Iterator[Any]:
    now = row[column.name]
    known = tampered.values(model, column.name)
    if column.foreign_keys:
        yield from tampered.keys_of(column)[:3]
    if now is None:
        yield from known[:2]
        yield _made_up(column, tampered.now)
        return
    if column.nullable:
        yield None
    if not column.primary_key and not column.unique:
        yield from (each for each in known if each != now and each is not None)
    yield from _shifted(now)


def _made_up(column: sa.Column[Any], now: datetime) -> Any:
    """Something of the column's type, where the program's rows have nothing."""
    kind = datetime if isinstance(column.type, Moment) else column.type.python_type
    made: dict[type, Any] = {
        datetime: now - timedelta(days=1),
        date: now.date() - timedelta(days=1),
        int: 1,
        bool: True,
        str: "x",
        bytes: b"x",
    }
    return made.get(kind, {})


def _shifted(value: Any) -> Iterator[Any]:
    """The value a little otherwise: a day earlier, one more, a digit or a bit."""
    for kind, shift in _SHIFTS:
        if isinstance(value, kind):
            yield from shift(value)
            return


def _shifted_dict(value: dict[str, Any]) -> Iterator[Any]:
    yield {name: next(_shifted(each), each) for name, each in value.items()} or {"x": 1}


_SHIFTS: tuple[tuple[type, Callable[[Any], Iterable[Any]]], ...] = (
    (bool, lambda value: [not value]),
    (int, lambda value: [value + 1, value + 1_000, value - 1]),
    (date, lambda value: [value - timedelta(days=21), value + timedelta(days=40)]),
    (bytes, lambda value: [bytes([value[0] ^ 1, *value[1:]]) if value else b"x"]),
    (str, lambda value: [other_text(value), ""]),
    (Texts, lambda value: [Texts({name: other_text(said) for name, said in value.items()})]),
    (list, lambda value: [[*value, *value[:1]] if value else ["x"], value[:-1]]),
    (dict, _shifted_dict),
)
"""By type, a bool before the int that it is too; a moment is a date."""


def _short(value: object) -> str:
    said = repr(value)
    return said if len(said) <= 60 else f"{said[:57]}..."


# --- rows


def _key(model: type[Base], row: Row) -> dict[str, Any]:
    return {each.name: row[each.name] for each in table_of(model).primary_key}


def _where(model: type[Base], row: Row) -> sa.ColumnElement[bool]:
    columns = table_of(model).c
    return sa.and_(*(columns[name] == value for name, value in _key(model, row).items()))


def _update(
    model: type[Base], row: Row, column: str, value: object
) -> Callable[[sa.Connection], object]:
    statement = table_of(model).update().where(_where(model, row)).values({column: value})
    return lambda connection: connection.execute(statement)


def _deletion(model: type[Base], row: Row) -> Change:
    statement = table_of(model).delete().where(_where(model, row))
    return Change(
        cell=Cell(model.__tablename__, "row deleted"),
        told=f"{_key(model, row)}",
        make=lambda connection: connection.execute(statement),
        row=str(_key(model, row)),
        excuse=row_excuse(model),
    )


def _erasure(tampered: Tampering, model: type[Base], row: Row) -> Change:
    """The row goes, and its entry's content as if the person had wished it."""
    index, content, erasure = row["ledger_index"], table_of(LedgerContent), table_of(LedgerErasure)
    statements = (
        erasure.insert().values(index=index, at=tampered.now, by=tampered.last_announcer()),
        content.delete().where(content.c.index == index),
        table_of(model).delete().where(_where(model, row)),
    )
    return Change(
        cell=Cell(model.__tablename__, "row and its entry erased"),
        told=f"{_key(model, row)}",
        make=lambda connection: [connection.execute(each) for each in statements],
        row=str(_key(model, row)),
        excuse=row_excuse(model),
    )


def _insertion(tampered: Tampering, model: type[Base], row: Row) -> Change:
    """A copy of `row` with fresh values wherever there may be no second one."""
    fresh = dict(row)
    for column in table_of(model).columns:
        if _has_to_differ(model, column):
            fresh[column.name] = tampered.fresh(model, column, row[column.name])
    statement = table_of(model).insert().values(fresh)
    return Change(
        cell=Cell(model.__tablename__, "row slipped in"),
        told=f"{_key(model, fresh)}",
        make=lambda connection: connection.execute(statement),
        row=str(_key(model, row)),
        excuse=row_excuse(model),
    )


def _has_to_differ(model: type[Base], column: sa.Column[Any]) -> bool:
    """Of a key of several columns the last that can be, so that the copy is about the same."""
    table = table_of(model)
    if column.unique:
        return True
    for each in (table.primary_key, *table.constraints):
        if not isinstance(each, (sa.PrimaryKeyConstraint, sa.UniqueConstraint)):
            continue
        columns = list(each.columns)
        if column is columns[-1]:
            return True
    return False


# --- the schema


def schema_cells(tampered: Tampering) -> Iterator[list[Change]]:
    """Each object dropped and changed, and one of each kind added to each table.

    On SQLite; what is done to a server's schema stands in `server_schema`.
    """
    if tampered.village.database.is_sqlite:
        for cell, statements in _schema_changes(tampered):
            yield [Change(cell=cell, told=statements[-1], make=_run(statements))]


def _run(statements: Sequence[str]) -> Callable[[sa.Connection], object]:
    return lambda connection: [connection.exec_driver_sql(each) for each in statements]


def _schema_changes(tampered: Tampering) -> Iterator[tuple[Cell, tuple[str, ...]]]:
    for kind, name, table in tampered.objects():
        yield Cell(table, f"{kind} {name} dropped"), (f'DROP {kind} "{name}"',)
        yield Cell(table, f"{kind} {name} changed"), _reworded(kind, name)
        if kind == "table":
            yield from _additions(name)
    view = 'CREATE VIEW "foreign_view" AS SELECT 1'
    yield Cell("schema", "view added"), (view,)
    yield Cell("schema", "table added"), ('CREATE TABLE "foreign_table" (x INTEGER)',)


def _reworded(kind: str, name: str) -> tuple[str, ...]:
    """The object says something else, as somebody writes it who edits the schema as text."""
    old, new = {
        "table": ("NOT NULL", "        "),
        "index": ("(", "(1, "),
        "trigger": ("BEGIN", "WHEN 0 BEGIN"),
    }[kind]
    return (
        "PRAGMA writable_schema=ON",
        f"UPDATE sqlite_master SET sql = replace(sql, '{old}', '{new}') WHERE name = '{name}'",
        "PRAGMA writable_schema=OFF",
    )


def _additions(table: str) -> Iterator[tuple[Cell, tuple[str, ...]]]:
    made = {
        "column added": f'ALTER TABLE "{table}" ADD COLUMN foreign_column TEXT',
        "index added": f'CREATE INDEX "foreign_index" ON "{table}" (1)',
        "trigger added": f'CREATE TRIGGER "foreign_trigger" AFTER INSERT ON "{table}" '
        "BEGIN SELECT 1; END",
    }
    for what, statement in made.items():
        yield Cell(table, what), (statement,)
