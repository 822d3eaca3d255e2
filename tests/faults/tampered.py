"""The village that is tampered with in the matrix: its rows, a change to one, and who finds it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import RootTransaction
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from kiosk.core.errors import EnvironmentFault
from kiosk.models import Base
from kiosk.models.database import Database
from kiosk.models.ledger import LedgerErasure
from kiosk.services.audit.tables import verify_village
from kiosk.services.village import Village
from tests.faults.report import Form

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


def table_of(model: type[Base]) -> sa.Table:
    """Its table, as the type that it is."""
    table = model.__table__
    assert isinstance(table, sa.Table)
    return table


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
        table = table_of(model)
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
        target = next(each for each in Base.tables() if table_of(each) is key.column.table)
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
        made = other_text(made) if made == value else f"{made[:-1]}{chr(ord(made[-1]) + 1)}"
    return made


def other_text(value: str) -> str:
    """Another text of the same length and letters, so that a digest stays one."""
    if not value:
        return "x"
    last = value[-1]
    if last.isdigit():
        return f"{value[:-1]}{(int(last) + 1) % 10}"
    return f"{value[:-1]}{'b' if last == 'a' else 'a'}"
