"""The state that the log gives: a scratch database of the tables, without their rules.

SQLite keeps it in memory as long as it is small and in a private temporary file beyond that, so
that a log of any length is folded in bounded memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any, Final

from sqlalchemy import Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault as ScalarDefault

from kiosk.models import Base
from kiosk.models.about import Projected
from kiosk.services.audit.fold.stored import UNSAID, UNSAID_STORED, Stored, parser, stored
from kiosk.services.audit.log import Finding

PRAGMAS: Final = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-65536")
"""64 MiB in memory; nothing of it outlives the process."""
_STATEMENTS: Final = 512
"""How many prepared statements are kept."""
ENTRY: Final = "_entry"
"""The column with the entry that gave a row what it says, the latest one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry of the log that is being taken in; what it says is handed on beside it."""

    index: int
    kind: str
    at: datetime


RootAt = Callable[[int], bytes | None]
"""The root that the log had when it held so many entries; None where nobody can say."""
BEFORE: Final = Entry(-1, "", datetime.min.replace(tzinfo=UTC))
"""No entry was taken in yet."""


def table_of(model: type[Base]) -> Table:
    """Its table, as the type that it is."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


def logged_of(model: type[Base]) -> Projected:
    """What a projected table says of how the log gives it."""
    assert isinstance(model.logged, Projected)
    return model.logged


def projected() -> tuple[type[Base], ...]:
    """The tables that the log gives."""
    return tuple(each for each in Base.tables() if isinstance(each.logged, Projected))


RowsUnder = Callable[[int], Iterable[Any]]
"""What the rows under an entry say that were not erased, in their order, by the entry's index."""


def no_rows(_index: int) -> Iterable[Any]:
    """Nothing stands under any entry."""
    return ()


class State:
    """Rows by table, as the entries taken in so far give them, and what these do not allow."""

    def __init__(self, rows_under: RowsUnder = no_rows) -> None:
        self.entry = BEFORE
        self.rows_under = rows_under
        self.findings: list[Finding] = []
        self.root_at: RootAt = lambda _size: None
        self.carries_over = False
        """Whether entries say what the log of version 0.1 did not, right after the carry-over."""
        self.began = -1
        """The entry that says whose log it is; not yet one."""
        self.erased: dict[int, Entry] = {}
        self.ends: dict[int, tuple[Entry, dict[str, Any]]] = {}
        """How each case ended, by its number."""
        self.forgotten: tuple[int, int] = (0, -1)
        """The case that was forgotten last, and by which entry."""
        self._tells_of_papers = False
        self._owed: list[str] = []
        self._unknown: dict[int, int] = {}
        # The connection never leaves the verification, which may run on another thread.
        self._database = sqlite3.connect(
            "", isolation_level=None, cached_statements=_STATEMENTS, check_same_thread=False
        )
        for pragma in PRAGMAS:
            self._database.execute(f"PRAGMA {pragma}")
        for table in projected():
            for statement in _made(table_of(table), logged_of(table)):
                self._database.execute(statement)
        self._database.execute("BEGIN")

    def closing(self) -> AbstractContextManager[object]:
        """Throw the scratch database away at the end of the block."""
        return closing(self._database)

    def not_allowed(self, what: str) -> None:
        """Note that the entry being taken in says something that the rules do not allow.

        `what` is a word for whoever reads the code, after the kind of the entry.
        """
        index = self.entry.index
        self.findings.append(Finding("not_allowed", index, index, f"{self.entry.kind}: {what}"))

    def owe(self, *kinds: str) -> None:
        """Note that the very next entries must be of these kinds: one transaction writes them."""
        self._owed += kinds

    def settle(self, kind: str) -> None:
        """The next entry is of this kind; note what was owed before it, if anything was."""
        if self._owed and self._owed.pop(0) != kind:
            self._owed.clear()
            self.not_allowed("without what goes with it")

    def begin(self, *, carried_over: bool, tells_of_papers: bool) -> None:
        """The log says whose it is, once; what version 0.1 allowed before is not judged.

        Where an earlier version began it, another entry says once which papers had none.
        """
        is_first = self.began < 0
        if not is_first and (self._tells_of_papers or not (carried_over and tells_of_papers)):
            self.not_allowed("not for the first time")
        elif carried_over and is_first:
            self.findings.clear()
            self.carries_over = True
        self.began = self.entry.index if is_first else self.began
        self._tells_of_papers |= tells_of_papers

    def unknown_case(self, case_id: int) -> None:
        """Note that an entry is about a case that is not known yet: it may have been forgotten."""
        self._unknown.setdefault(case_id, self.entry.index)

    def known_again(self, case_id: int) -> None:
        """An entry says what remains of a case that was forgotten."""
        self._unknown.pop(case_id, None)

    def end(self) -> None:
        """Every entry was taken in: note what is still owed, and cases that nothing is known of."""
        if self._owed:
            self.not_allowed("without what goes with it")
        for index in self._unknown.values():
            self.findings.append(Finding("not_allowed", index, index, "no such case"))

    def put(self, table: type[Base], **columns: Any) -> None:
        """A new row; what is not named stands as the table has it by default, or empty.

        Raises:
            LookupError: a column that must say something is not named.
        """
        row = {ENTRY: self.entry.index, **_defaults(table), **columns}
        if missing := _required(table) - row.keys():
            raise LookupError(f"{table.__tablename__}: {sorted(missing)}")
        self._database.execute(_insert(table.__tablename__, tuple(row)), _values(row.values()))

    def change(self, table: type[Base], where: Mapping[str, Any], **columns: Any) -> int:
        """Change the rows in which each column of `where` is as it says; how many there were."""
        row = {ENTRY: self.entry.index, **columns}
        statement = _update(table.__tablename__, tuple(row), tuple(where))
        return self._database.execute(statement, _values((*row.values(), *where.values()))).rowcount

    def drop(self, table: type[Base], **where: Any) -> int:
        """Take out the rows that are so; how many there were."""
        statement = _delete(table.__tablename__, tuple(where))
        return self._database.execute(statement, _values(where.values())).rowcount

    def get(self, table: type[Base], **where: Any) -> Any:
        """The row that is so, its columns as attributes; None where none is, or several are."""
        found = self.rows(table, **where)
        return found[0] if len(found) == 1 else None

    def rows(self, table: type[Base], **where: Any) -> list[Any]:
        """The rows that are so, in the order in which they were put."""
        statement = _select(table.__tablename__, tuple(table_of(table).c.keys()), tuple(where))
        found = self._database.execute(statement, _values(where.values())).fetchall()
        return [_row(table, each) for each in found]

    def stream(
        self, table: type[Base], columns: tuple[str, ...], key: tuple[str, ...]
    ) -> Iterator[tuple[Stored, ...]]:
        """Each row's entry and `columns`, in the order of `key`."""
        names, order = _listed((ENTRY, *columns)), _listed(key)
        statement = f'SELECT {names} FROM "{table.__tablename__}" ORDER BY {order}'  # noqa: S608
        # Not from: that would close the cursor again, after the database.
        for row in self._database.execute(statement):  # noqa: UP028
            yield row


def _row(table: type[Base], values: Iterable[Stored]) -> SimpleNamespace:
    return SimpleNamespace(
        **{
            name: _parsed(convert, value)
            for (name, convert), value in zip(_parsers(table), values, strict=True)
        }
    )


def _parsed(convert: Callable[[Any], Any] | None, value: Stored) -> Any:
    if value == UNSAID_STORED:
        return UNSAID
    return value if value is None or convert is None else convert(value)


@cache
def _parsers(table: type[Base]) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    return tuple((column.key, parser(column)) for column in table_of(table).c)


def _values(values: Iterable[Any]) -> list[Stored]:
    return [stored(each) for each in values]


@cache
def _defaults(table: type[Base]) -> Mapping[str, Any]:
    """What a row says in the columns that are not named; nothing for those that must be."""
    compared = logged_of(table).compared(table_of(table).c.keys())
    defaults = {name: table_of(table).c[name].default for name in compared}
    return {name: each.arg for name, each in defaults.items() if isinstance(each, ScalarDefault)}


@cache
def _required(table: type[Base]) -> frozenset[str]:
    logged = logged_of(table)
    columns = table_of(table).c
    said = {*logged.key, *logged.compared(columns.keys())}
    return frozenset(each for each in said if not columns[each].nullable)


def _made(table: Table, logged: Projected) -> Iterator[str]:
    """The statements that make a table of the scratch database: columns without types or rules."""
    yield f'CREATE TABLE "{table.name}" ({_listed((ENTRY, *table.c.keys()))})'
    looked_up = {tuple(each.columns.keys()) for each in table.indexes}
    looked_up |= {(each.key,) for each in table.c if each.foreign_keys}
    for place, names in enumerate(sorted({logged.key, *looked_up})):
        yield f'CREATE INDEX "{table.name}_{place}" ON "{table.name}" ({_listed(names)})'


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    """Names are those of the models, never what somebody wrote."""
    places = ", ".join("?" for _ in columns)
    return f'INSERT INTO "{table}" ({_listed(columns)}) VALUES ({places})'  # noqa: S608


@cache
def _update(table: str, columns: tuple[str, ...], where: tuple[str, ...]) -> str:
    changes = ", ".join(f'"{each}" = ?' for each in columns)
    return f'UPDATE "{table}" SET {changes}{_where(where)}'  # noqa: S608


@cache
def _delete(table: str, where: tuple[str, ...]) -> str:
    return f'DELETE FROM "{table}"{_where(where)}'  # noqa: S608


@cache
def _select(table: str, columns: tuple[str, ...], where: tuple[str, ...]) -> str:
    return f'SELECT {_listed(columns)} FROM "{table}"{_where(where)} ORDER BY rowid'  # noqa: S608


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{each}"' for each in columns)


def _where(columns: tuple[str, ...]) -> str:
    """IS and not =, since an empty column is one that can be asked for."""
    asked = " AND ".join(f'"{each}" IS ?' for each in columns)
    return f" WHERE {asked}" if asked else ""
