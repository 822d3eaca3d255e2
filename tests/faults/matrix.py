"""The whole matrix of tampering: every column, every kind of row, every object of the schema.

Nothing here names a table: the program's own list says which there are, so that a new one is never
forgotten. Whoever tampers has the database and knows the program: triggers are off meanwhile and
stand again afterwards, a changed value is one that could stand there, and a row that is slipped in
is a copy of a real one under a fresh key.

Each change is made in a transaction in which `kiosk verify` is run, and rolled back. It has to be
found, or its column or table has to be on the program's own list of what is not covered.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import RootTransaction
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from kiosk.core.errors import EnvironmentFault
from kiosk.core.texts import Texts
from kiosk.models import Base
from kiosk.models.about import NotInLog, Projected, Proved
from kiosk.models.base import Moment
from kiosk.models.database import Database
from kiosk.models.ledger import LedgerContent, LedgerErasure
from kiosk.services.audit.fold.compare import SLACK
from kiosk.services.audit.tables import verify_village
from kiosk.services.village import Village
from tests.faults.report import Form, Report

Row = Mapping[str, Any]
Outcome = Literal["verify", "integrity", "listed", "refused", "bug", "neither"]
OUTCOMES: dict[Outcome, str] = {
    "verify": "found by verify",
    "integrity": "found by the database's own integrity check",
    "listed": "on the list of what is not covered",
    "refused": "refused by a constraint",
    "bug": "verify ends as a bug",
    "neither": "NEITHER",
}
"""From the best to the worst: a cell is as bad as its worst change."""
ROWS: dict[Form, int] = {"brief": 1, "usual": 4, "long": 12}
VALUES: dict[Form, int] = {"brief": 1, "usual": 3, "long": 6}
"""How many rows of a table are tampered with, and how many values are tried in one place."""
SCHEMA_DRAWN = 5
"""How many changes of the schema a brief form draws."""
_SEED = 10


@dataclass(frozen=True)
class Cell:
    """One place of the matrix: a column changed, a row deleted or slipped in, a schema's object."""

    table: str
    what: str

    def __str__(self) -> str:
        return f"{self.table}: {self.what}"


@dataclass(frozen=True, kw_only=True)
class Change:
    """What somebody does: `make` does it on an open connection."""

    cell: Cell
    told: str
    make: Callable[[sa.Connection], object]
    row: str = ""
    """The row that is changed; of each row a few values are tried."""
    excuse: str = ""
    """Why the program does not cover it; empty where it has to be found."""


@dataclass
class Findings:
    """What came of each cell, and what found it."""

    worst: dict[Cell, Outcome] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)
    changes: int = 0
    examples: dict[Cell, str] = field(default_factory=dict)

    def note(self, change: Change, outcome: Outcome, by: str) -> None:
        """One change more, and who found it."""
        self.changes += 1
        order = list(OUTCOMES)
        known = self.worst.get(change.cell)
        # A change that a constraint refuses was none; another value may do.
        ranked = [each for each in (known, outcome) if each not in (None, "refused")]
        worst = max(ranked, key=order.index) if ranked else outcome
        if worst != known:
            self.worst[change.cell] = worst
            self.examples[change.cell] = f"{change.told}{f' ({by})' if by else ''}"
        if outcome == "verify":
            self.codes.update(by.split(", "))


def drive(
    village: Village,
    report: Report,
    form: Form,
    *,
    tables: Sequence[str] = (),
    share: int = 0,
    of: int = 1,
) -> None:
    """Every cell, or those of `tables` alone; a brief form draws one column of each table."""
    tampered = Tampering(village, form)
    if found := tampered.untouched():
        report.breach("matrix: before anything was changed", [found])
    findings = Findings()
    for cells in islice(_cells(tampered, tables), share, None, of):
        any(_try(tampered, findings, changes) for changes in cells)
    tampered.close()
    _tell(findings, report)


def _try(tampered: Tampering, findings: Findings, changes: list[Change]) -> bool:
    """One cell: of each row as many values as the form has time for, until one goes unnoticed.

    False if a brief form has to draw again: the database lets nobody make what it drew.
    """
    made: Counter[str] = Counter()
    for change in changes:
        if made[change.row] < VALUES[tampered.form]:
            outcome, by = tampered.judge(change)
            if outcome == "refused" and tampered.form == "brief":
                continue
            findings.note(change, outcome, by)
            made[change.row] += outcome != "refused"
            if outcome in ("bug", "neither"):
                return True
    return made.total() > 0


def _tell(findings: Findings, report: Report) -> None:
    report.count("matrix: cells", len(findings.worst))
    report.count("matrix: changes", findings.changes)
    for outcome, words in OUTCOMES.items():
        cells = [cell for cell, worst in findings.worst.items() if worst == outcome]
        report.count(f"matrix: {words}", len(cells))
        if outcome in ("refused", "bug", "neither"):
            told = {str(cell): findings.examples[cell] for cell in cells}
            report.list(f"matrix, {words}", [f"{cell}: {told[cell]}" for cell in told])
            if outcome != "refused":
                report.breach(f"matrix, {words}", list(told))
    for code, times in findings.codes.items():
        report.count(f"matrix: found as {code}", times)


def _cells(tampered: Tampering, tables: Sequence[str]) -> Iterator[list[list[Change]]]:
    """The changes of each cell; of a brief form those of each table, in the order of a draw."""
    drawn = tampered.form == "brief"
    places = [list(filter(None, _cells_of(tampered, model))) for model in Base.tables()]
    schema = list(_schema_cells(tampered))
    if drawn:
        places = [tampered.dice.sample(cells, len(cells)) for cells in places]
        schema = tampered.dice.sample(schema, min(SCHEMA_DRAWN, len(schema)))
    for cells in (*places, *([cell] for cell in schema if cell)):
        if not tables or cells[0][0].cell.table in tables:
            yield from [cells] if drawn else ([cell] for cell in cells)


def _cells_of(tampered: Tampering, model: type[Base]) -> Iterator[list[Change]]:
    for column in _table(model).columns:
        yield [
            change
            for row in tampered.telling_rows(model, column.name)
            for change in _changes(tampered, model, column, row)
        ]
    rows = tampered.rows(model)
    yield [_deletion(model, row) for row in rows]
    yield [_insertion(tampered, model, row) for row in rows]
    if "ledger_index" in _table(model).columns:
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
    (str, lambda value: [_other_text(value), ""]),
    (Texts, lambda value: [Texts({name: _other_text(said) for name, said in value.items()})]),
    (list, lambda value: [[*value, *value[:1]] if value else ["x"], value[:-1]]),
    (dict, _shifted_dict),
)
"""By type, a bool before the int that it is too; a moment is a date."""


def _other_text(value: str) -> str:
    """Another text of the same length and letters, so that a digest stays one."""
    if not value:
        return "x"
    last = value[-1]
    if last.isdigit():
        return f"{value[:-1]}{(int(last) + 1) % 10}"
    return f"{value[:-1]}{'b' if last == 'a' else 'a'}"


def _short(value: object) -> str:
    said = repr(value)
    return said if len(said) <= 60 else f"{said[:57]}..."


# --- rows


def _table(model: type[Base]) -> sa.Table:
    table = model.__table__
    assert isinstance(table, sa.Table)
    return table


def _key(model: type[Base], row: Row) -> dict[str, Any]:
    return {each.name: row[each.name] for each in _table(model).primary_key}


def _where(model: type[Base], row: Row) -> sa.ColumnElement[bool]:
    columns = _table(model).c
    return sa.and_(*(columns[name] == value for name, value in _key(model, row).items()))


def _update(
    model: type[Base], row: Row, column: str, value: object
) -> Callable[[sa.Connection], object]:
    statement = _table(model).update().where(_where(model, row)).values({column: value})
    return lambda connection: connection.execute(statement)


def _deletion(model: type[Base], row: Row) -> Change:
    statement = _table(model).delete().where(_where(model, row))
    return Change(
        cell=Cell(model.__tablename__, "row deleted"),
        told=f"{_key(model, row)}",
        make=lambda connection: connection.execute(statement),
        row=str(_key(model, row)),
        excuse=row_excuse(model),
    )


def _erasure(tampered: Tampering, model: type[Base], row: Row) -> Change:
    """The row goes, and its entry's content as if the person had wished it."""
    index, content, erasure = row["ledger_index"], _table(LedgerContent), _table(LedgerErasure)
    statements = (
        erasure.insert().values(index=index, at=tampered.now, by=tampered.last_announcer()),
        content.delete().where(content.c.index == index),
        _table(model).delete().where(_where(model, row)),
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
    for column in _table(model).columns:
        if _has_to_differ(model, column):
            fresh[column.name] = tampered.fresh(model, column, row[column.name])
    statement = _table(model).insert().values(fresh)
    return Change(
        cell=Cell(model.__tablename__, "row slipped in"),
        told=f"{_key(model, fresh)}",
        make=lambda connection: connection.execute(statement),
        row=str(_key(model, row)),
        excuse=row_excuse(model),
    )


def _has_to_differ(model: type[Base], column: sa.Column[Any]) -> bool:
    """Of a key of several columns the last that can be, so that the copy is about the same."""
    table = _table(model)
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


def _schema_cells(tampered: Tampering) -> Iterator[list[Change]]:
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


# --- the village that is tampered with


class _Held(Database):
    """The database as one open transaction sees it: what a change and its audit share."""

    def __init__(self, honest: Database, connection: sa.Connection) -> None:
        self.url, self.engine = honest.url, honest.engine
        self._connection = connection

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session within the transaction."""
        with Session(
            self._connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        ) as session:
            yield session
            session.rollback()


class Tampering:
    """A village, the rows that are in it, and a connection that may do anything."""

    def __init__(self, village: Village, form: Form) -> None:
        self.village, self.form = village, form
        self.dice = random.Random(_SEED)
        self.now = village.clock.now()
        self._connection = village.database.engine.connect()
        if village.database.is_sqlite:
            bare = self._connection.connection.driver_connection
            assert bare is not None
            bare.execute("PRAGMA foreign_keys=OFF")  # which a transaction cannot do
        self._rows = {model: self._read(model) for model in Base.tables()}
        self._triggers = self._read_triggers()

    def close(self) -> None:
        """Give the connection back, as it would not be used again."""
        self._connection.invalidate()
        self._connection.close()

    # --- what there is

    def _read(self, model: type[Base]) -> list[Row]:
        table = _table(model)
        with self._connection.begin():
            found = self._connection.execute(sa.select(table).order_by(*table.primary_key))
            return [dict(row) for row in found.mappings()]

    def _read_triggers(self) -> dict[str, list[tuple[str, str]]]:
        if not self.village.database.is_sqlite:
            return {}
        question = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"
        found: dict[str, list[tuple[str, str]]] = {}
        with self._connection.begin():
            for table, name, sql in self._connection.exec_driver_sql(question):
                found.setdefault(table, []).append((name, sql))
        return found

    def objects(self) -> list[tuple[str, str, str]]:
        """Kind, name and table of each object of the schema that somebody made."""
        question = (
            "SELECT type, name, tbl_name FROM sqlite_master "
            "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY type, name"
        )
        with self._connection.begin():
            return [tuple(row) for row in self._connection.exec_driver_sql(question)]

    def rows(self, model: type[Base]) -> list[Row]:
        """Some rows of a table: the first, the last and others between."""
        return self._some(self._rows[model])

    def telling_rows(self, model: type[Base], column: str) -> list[Row]:
        """Some rows of a table, and among them some that have something in `column`."""
        rows = self._rows[model]
        said = [row for row in rows if row[column]]
        unsaid = [row for row in rows if not row[column]]
        return [*self._some(said), *self._some(unsaid)[:2]][: ROWS[self.form] + 1]

    def _some(self, rows: list[Row]) -> list[Row]:
        wanted = min(ROWS[self.form], len(rows))
        if wanted < 2:
            return rows[:wanted]
        step = (len(rows) - 1) / (wanted - 1)
        return [rows[round(place * step)] for place in range(wanted)]

    def values(self, model: type[Base], column: str) -> list[Any]:
        """What stands in a column, each once, in the order of the rows."""
        found: list[Any] = []
        for row in self._rows[model]:
            if row[column] not in found and row[column] is not None and len(found) < 20:
                found.append(row[column])
        return found

    def keys_of(self, column: sa.Column[Any]) -> list[Any]:
        """The rows that a reference could point to."""
        (key,) = column.foreign_keys
        target = next(each for each in Base.tables() if _table(each) is key.column.table)
        return [row[key.column.name] for row in self._rows[target]][::-1]

    def fresh(self, model: type[Base], column: sa.Column[Any], value: Any) -> Any:
        """A value that stands in no row yet: another row to point to, the next number, a text."""
        used = {row[column.name] for row in self._rows[model]} if _hashable(value) else set()
        if column.foreign_keys:
            return next((key for key in self.keys_of(column) if key not in used), value)
        if isinstance(value, int):
            return max(used) + 1
        if isinstance(value, str):
            return _unused(value, used)
        if isinstance(value, bytes):
            return bytes([value[0] ^ 0x55, *value[1:]])
        return value

    def last_announcer(self) -> int | None:
        """The newest entry that erased something."""
        return max((row["by"] for row in self._rows[LedgerErasure] if row["by"]), default=None)

    # --- trying

    def untouched(self) -> str:
        """What is found before anything was changed; empty as it should be."""
        outcome, by = self.judge(Change(cell=Cell("", ""), told="", make=lambda _: None))
        return "" if outcome == "neither" else f"{OUTCOMES[outcome]} {by}"

    def judge(self, change: Change) -> tuple[Outcome, str]:
        """Make the change, ask who finds it, and take it back."""
        with self._connection.begin() as transaction:
            try:
                return self._judged(change)
            finally:
                _undo(transaction)

    def _judged(self, change: Change) -> tuple[Outcome, str]:
        try:
            with self._without_triggers(change.cell.table if change.row else ""):
                change.make(self._connection)
        except SQLAlchemyError as refusal:
            return "refused", type(refusal).__name__
        held = replace(self.village, database=_Held(self.village.database, self._connection))
        try:
            if found := verify_village(held).findings:
                return "verify", ", ".join(dict.fromkeys(each.code for each in found))
        except EnvironmentFault as fault:
            return "verify", fault.code
        except Exception as bug:
            return "bug", f"{type(bug).__name__}: {bug}"[:200]
        if said := self._integrity():
            return "integrity", said
        return ("listed", "") if change.excuse else ("neither", "")

    @contextmanager
    def _without_triggers(self, table: str) -> Iterator[None]:
        """Triggers are off for the change and stand again after it, word for word."""
        if not self.village.database.is_sqlite:
            self._connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            with self._connection.begin_nested():
                yield
            self._connection.exec_driver_sql("SET LOCAL session_replication_role = origin")
            return
        triggers = self._triggers.get(table, [])
        for name, _ in triggers:
            self._connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in triggers:
            self._connection.exec_driver_sql(sql)

    def _integrity(self) -> str:
        if not self.village.database.is_sqlite:
            return ""
        answer = self._connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        return "" if answer == ["ok"] else str(answer[0])


def _undo(transaction: RootTransaction) -> None:
    if transaction.is_active:
        transaction.rollback()


def _hashable(value: object) -> bool:
    return not isinstance(value, (dict, list))


def _unused(value: str, used: set[Any]) -> str:
    """A text like `value` that nobody has: the next of its kind where it ends in a digit."""
    made = value
    while made in used or made == value:
        made = _other_text(made) if made == value else f"{made[:-1]}{chr(ord(made[-1]) + 1)}"
    return made
