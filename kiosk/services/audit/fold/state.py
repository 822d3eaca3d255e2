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
from typing import Any, Final

from sqlalchemy import Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault as ScalarDefault

from kiosk.models import Base
from kiosk.models.about import Projected
from kiosk.services.audit.fold.stored import UNSAID, UNSAID_STORED, Stored, all_stored, parser
from kiosk.services.audit.log import Finding

PRAGMAS: Final = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-16384")
"""16 MiB in memory; nothing of it outlives the process."""
_STATEMENTS: Final = 512
"""How many prepared statements are kept."""
_ASKED_BY: Final[set[tuple[type[Base], str]]] = set()
"""By what rows were ever looked up in this process. The next state has these indices at once: each
that is made later has all statements prepared anew."""
ENTRY: Final = "_entry"
"""The column with the entry that gave a row what it says, the latest one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry of the log that is being taken in; what it says is handed on beside it."""

    index: int
    kind: str
    at: datetime


RootAt = Callable[[int], bytes | None]
"""The root that the log had when it held so many entries; None where nobody can say.

What was drawn by lot is drawn again from it.
"""
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


class State:
    """Rows by table, as the entries taken in so far give them, and what these do not allow."""

    def __init__(self, root_at: RootAt, rows_under: RowsUnder) -> None:
        self.entry = BEFORE
        self.root_at, self.rows_under = root_at, rows_under
        self.findings: list[Finding] = []
        self.carries_over = False
        """Whether entries say what the log of version 0.1 did not, right after the carry-over."""
        self.is_demo = False
        """Whether the log was begun as that of a demo village, whose past was invented."""
        self.began = -1
        """The entry that says whose log it is; not yet one."""
        self.erased: dict[int, Entry] = {}
        self.ends: dict[int, tuple[Entry, dict[str, Any], Any]] = {}
        """How each case ended that is not known, and how whoever ended it stood then, by its
        number: it may have been forgotten."""
        self.forgotten: tuple[int, int] = (0, -1)
        """The case that was forgotten last, and by which entry."""
        self._tells_of_papers = False
        self._owed: list[str] = []
        self._unknown: dict[int, int] = {}
        self._unless_gone: dict[int, list[Finding]] = {}
        # The connection never leaves the verification, which may run on another thread.
        self._database = sqlite3.connect(
            "", isolation_level=None, cached_statements=_STATEMENTS, check_same_thread=False
        )
        for pragma in PRAGMAS:
            self._database.execute(f"PRAGMA {pragma}")
        for table in projected():
            self._database.execute(_made(table))
        self._indexed: set[tuple[type[Base], str]] = set()
        for table, column in tuple(_ASKED_BY):
            self._index(table, {column: None})
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

    def not_allowed_unless_gone(self, what: str, resident_id: int) -> None:
        """As `not_allowed`, unless an entry further on says that this person left.

        What had been told of them is erased, and nothing that rests on it can be judged.
        """
        index = self.entry.index
        finding = Finding("not_allowed", index, index, f"{self.entry.kind}: {what}")
        self._unless_gone.setdefault(resident_id, []).append(finding)

    def gone(self, resident_id: int) -> None:
        """The entry being taken in says that somebody left, whose entries before are erased."""
        self._unless_gone.pop(resident_id, None)

    def owe(self, *kinds: str) -> None:
        """Note that the very next entries must be of these kinds: one transaction writes them."""
        self._owed += kinds

    def settle(self, kind: str) -> None:
        """The next entry is of this kind; note what was owed before it, if anything was."""
        if self._owed and self._owed.pop(0) != kind:
            self._owed.clear()
            self.not_allowed("without what goes with it")

    def begin(self, *, carried_over: bool, tells_of_papers: bool, demo: bool = False) -> None:
        """The log says whose it is, once; what version 0.1 allowed before is not judged.

        Where an earlier version began it, another entry says once which papers had none.
        """
        is_first = self.began < 0
        if not is_first and (self._tells_of_papers or not (carried_over and tells_of_papers)):
            self.not_allowed("not for the first time")
        elif carried_over and is_first:
            self.findings.clear()
            self._unless_gone.clear()
            self.carries_over = True
        self.is_demo |= is_first and demo
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
        for findings in self._unless_gone.values():
            self.findings += findings
        for index in self._unknown.values():
            self.findings.append(Finding("not_allowed", index, index, "no such case"))

    def put(self, table: type[Base], **columns: Any) -> None:
        """A new row; what is not named stands as the table has it by default, or empty.

        Raises:
            LookupError: a column that must say something is not named, or there is no such column.
        """
        shape = _shape(table)
        if wrong := (shape.required - columns.keys()) | (columns.keys() - shape.blank.keys()):
            raise LookupError(f"{table.__tablename__}: {sorted(wrong)}")
        row = {**shape.blank, **columns}
        self._database.execute(shape.insert, (self.entry.index, *all_stored(row.values())))

    def change(self, table: type[Base], where: Mapping[str, Any], **columns: Any) -> int:
        """Change the rows in which each column of `where` is as it says; how many there were."""
        self._index(table, where)
        row = {ENTRY: self.entry.index, **columns}
        statement = _update(table.__tablename__, tuple(row), tuple(where))
        return self._database.execute(
            statement, all_stored((*row.values(), *where.values()))
        ).rowcount

    def drop(self, table: type[Base], **where: Any) -> int:
        """Take out the rows that are so; how many there were."""
        self._index(table, where)
        statement = _delete(table.__tablename__, tuple(where))
        return self._database.execute(statement, all_stored(where.values())).rowcount

    def get(self, table: type[Base], **where: Any) -> Any:
        """The row that is so; None where none is, or several are."""
        found = self.rows(table, **where)
        return found[0] if len(found) == 1 else None

    def rows(self, table: type[Base], **where: Any) -> list[Any]:
        """The rows that are so, in the order in which they were put, each a `_Row`.

        The first column named is the one that they are looked up by.
        """
        self._index(table, where)
        statement = _select(table, tuple(where))
        found = self._database.execute(statement, all_stored(where.values()))
        return [_Row(table, each) for each in found]

    def stream(
        self, table: type[Base], columns: tuple[str, ...], key: tuple[str, ...]
    ) -> Iterator[tuple[Stored, ...]]:
        """Each row's entry and `columns`, in the order of `key`."""
        names, order = _listed((ENTRY, *columns)), _listed(key)
        statement = f'SELECT {names} FROM "{table.__tablename__}" ORDER BY {order}'  # noqa: S608
        # Not from: that would close the cursor again, after the database.
        for row in self._database.execute(statement):  # noqa: UP028
            yield row

    def _index(self, table: type[Base], where: Mapping[str, Any]) -> None:
        """The first question by a column makes the index that answers all of them."""
        for column in where:
            if (table, column) not in self._indexed:
                self._indexed.add((table, column))
                _ASKED_BY.add((table, column))
                name = table.__tablename__
                self._database.execute(f'CREATE INDEX "{name}.{column}" ON "{name}" ("{column}")')
            return


class _Row:
    """A row as it stood when it was asked for, its columns as attributes.

    Few of them are looked at: each is parsed when it is, and kept.
    """

    def __init__(self, table: type[Base], values: tuple[Stored, ...]) -> None:
        self._table, self._values = table, values

    def __getattr__(self, name: str) -> Any:
        """What stands in a column that was not looked at yet.

        Raises:
            AttributeError: there is no such column.
        """
        place, convert = _shape(self._table).columns.get(name, (None, None))
        if place is None:
            raise AttributeError(name)
        value: Any = self._values[place]
        if value == UNSAID_STORED:
            value = UNSAID
        elif value is not None and convert is not None:
            value = convert(value)
        self.__dict__[name] = value
        return value


@dataclass(frozen=True)
class _Shape:
    """What is asked of a table again and again."""

    columns: Mapping[str, tuple[int, Callable[[Any], Any] | None]]
    """Where each stands in a row, and what parses it."""
    blank: Mapping[str, Any]
    """What a row says in the columns that are not named."""
    required: frozenset[str]
    """Those that must be."""
    insert: str


@cache
def _shape(table: type[Base]) -> _Shape:
    logged, columns = logged_of(table), table_of(table).c
    said = {*logged.key, *logged.compared(columns.keys())}
    defaults = {name: columns[name].default for name in said}
    blank = dict.fromkeys(columns.keys())
    blank |= {name: each.arg for name, each in defaults.items() if isinstance(each, ScalarDefault)}
    must = {each for each in said if not columns[each].nullable and blank[each] is None}
    places = ", ".join("?" * (1 + len(blank)))
    return _Shape(
        columns={each.key: (place, parser(each)) for place, each in enumerate(columns)},
        blank=blank,
        required=frozenset(must),
        insert=f'INSERT INTO "{table.__tablename__}" VALUES ({places})',  # noqa: S608
    )


def _made(table: type[Base]) -> str:
    """The statement that makes a table of the scratch database: columns without types or rules.

    Names are those of the models, never what somebody wrote.
    """
    return f'CREATE TABLE "{table.__tablename__}" ({_listed((ENTRY, *table_of(table).c.keys()))})'


@cache
def _update(table: str, columns: tuple[str, ...], where: tuple[str, ...]) -> str:
    changes = ", ".join(f'"{each}" = ?' for each in columns)
    return f'UPDATE "{table}" SET {changes}{_where(where)}'  # noqa: S608


@cache
def _delete(table: str, where: tuple[str, ...]) -> str:
    return f'DELETE FROM "{table}"{_where(where)}'  # noqa: S608


@cache
def _select(table: type[Base], where: tuple[str, ...]) -> str:
    names = _listed(table_of(table).c.keys())
    return f'SELECT {names} FROM "{table.__tablename__}"{_where(where)} ORDER BY rowid'  # noqa: S608


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{each}"' for each in columns)


def _where(columns: tuple[str, ...]) -> str:
    """IS and not =, since an empty column is one that can be asked for."""
    asked = " AND ".join(f'"{each}" IS ?' for each in columns)
    return f" WHERE {asked}" if asked else ""
