"""Whole tables against the state that the log gives: an ordered merge of two streams, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any, Final

from sqlalchemy import JSON, Column, ColumnElement, LargeBinary, String, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from kiosk.core.encoding import digest_of, is_digest_of
from kiosk.models import Base
from kiosk.models.about import Projected
from kiosk.models.base import Moment, TextsColumn
from kiosk.services.audit.fold.state import State, logged_of, projected, table_of
from kiosk.services.audit.fold.stored import UNSAID_STORED, Stored, all_stored, moment, same_json
from kiosk.services.audit.log import Finding

SLACK: Final = timedelta(seconds=5)
"""A row and its entry take the time one after the other, in one transaction."""
_BATCH: Final = 1_000
_FEW: Final = 10
"""Rows at a time of a table that holds photographs."""
_INDEX: Final = "ledger_index"

Values = tuple[Stored, ...]
Rank = tuple[tuple[int, Any], ...]


@dataclass(frozen=True)
class _Row:
    """A row of the table or of the state."""

    entry: int
    """The entry that gave it, where it is known; else 0."""
    rank: Rank
    values: Values


@dataclass(frozen=True)
class _Table:
    """What is compared of a table."""

    model: type[Base]
    logged: Projected

    @cached_property
    def key(self) -> tuple[Column[Any], ...]:
        return tuple(table_of(self.model).c[each] for each in self.logged.key)

    @cached_property
    def columns(self) -> tuple[Column[Any], ...]:
        """What is compared, beside the key."""
        columns = table_of(self.model).c
        said = self.logged.compared(columns.keys())
        return tuple(columns[each] for each in said if each not in self.logged.key)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(each.key for each in (*self.key, *self.columns))

    def named(self, column: str = "") -> str:
        return f"{self.model.__tablename__}.{column}" if column else self.model.__tablename__


def differences(session: Session, state: State) -> Iterator[Finding]:
    """Each row of each table that is not as the log gives it, and each that is one too many.

    ``row_altered``, ``row_missing`` and ``row_extra`` name the table, the column, and the entry
    concerned: the last that says something of the row; of a row that none gives, the one that it
    says that it comes from, or its number.
    """
    for model in projected():
        yield from _table(session, state, _Table(model, logged_of(model)))


def _table(session: Session, state: State, table: _Table) -> Iterator[Finding]:
    whole = True
    for actual, given in _merged(_actual(session, table), _given(state, table)):
        whole = whole and actual is not None and given is not None
        yield from _pair(table, actual, given)
    if table.logged.counted and whole:
        yield from _order(session, state, table)


def _pair(table: _Table, actual: _Row | None, given: _Row | None) -> Iterator[Finding]:
    if given is None:
        assert actual is not None
        yield Finding("row_extra", actual.entry, actual.entry, table.named())
    elif actual is None:
        yield Finding("row_missing", given.entry, given.entry, table.named())
    else:
        for column in _different(table, actual.values, given.values):
            yield Finding("row_altered", given.entry, given.entry, table.named(column))


def _order(session: Session, state: State, table: _Table) -> Iterator[Finding]:
    """The first row, if any, that was not written where its number says."""
    columns = table_of(table.model).c
    question = select(*map(_raw, table.key)).order_by(columns[table.logged.counted])
    in_order = (_INDEX,) if _INDEX in table.logged.key else ("rowid",)
    given = state.stream(table.model, table.logged.key, in_order)
    with session.execute(question.execution_options(yield_per=_BATCH)) as written:
        for row, (entry, *key) in zip(written, given, strict=True):
            if all_stored(row) != key:
                assert isinstance(entry, int)
                yield Finding("row_altered", entry, entry, table.named(table.logged.counted))
                return


def _merged(
    actual: Iterator[_Row], given: Iterator[_Row]
) -> Iterator[tuple[_Row | None, _Row | None]]:
    """Pairs of rows of one key; the other is None where it lacks."""
    left, right = next(actual, None), next(given, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left.rank < right.rank):
            yield left, None
            left = next(actual, None)
        elif left is None or right.rank < left.rank:
            yield None, right
            right = next(given, None)
        else:
            yield left, right
            left, right = next(actual, None), next(given, None)


def _actual(session: Session, table: _Table) -> Iterator[_Row]:
    """The rows of the table as they stand there, whatever they are."""
    columns, size = table_of(table.model).c, len(table.key)
    counted = [columns[table.logged.counted]] if table.logged.counted else []
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    order = [_ordered(each, on_postgresql) for each in (*table.key, *counted)]
    question = select(*map(_raw, (*table.key, *table.columns, *counted))).order_by(*order)
    place = table.names.index(_INDEX) if _INDEX in table.names else 0
    as_json = [n for n, each in enumerate(table.names) if _is_json(columns[each])]
    digested = [n for n, each in enumerate(table.names) if each in table.logged.digested]
    batch = _FEW if any(_is_large(each) for each in table.columns) else _BATCH
    for found in session.execute(question.execution_options(yield_per=batch)):
        values = all_stored(found) if on_postgresql else list(found)
        for each in as_json:
            values[each] = same_json(values[each])
        for each in digested:
            values[each] = _digest(values[each])
        number = values[place]
        entry = number if isinstance(number, int) else 0
        yield _Row(entry, _rank(values[:size]), tuple(values[: len(table.names)]))


def _given(state: State, table: _Table) -> Iterator[_Row]:
    size = len(table.key)
    for entry, *values in state.stream(table.model, table.names, (*table.logged.key, "rowid")):
        assert isinstance(entry, int)
        yield _Row(entry, _rank(values[:size]), tuple(values))


def _different(table: _Table, actual: Values, given: Values) -> Iterator[str]:
    """The names of the columns that differ."""
    if actual == given:
        return
    for place, column in enumerate((*table.key, *table.columns)):
        found, ought = actual[place], given[place]
        if found != ought and ought != UNSAID_STORED and not _same(column, found, ought):
            yield column.key


def _same(column: Column[Any], found: Stored, ought: Stored) -> bool:
    """Whether what the log gives is a digest of the text, or a moment that is near."""
    if isinstance(ought, bytes) and isinstance(found, str):
        return is_digest_of(ought, found)
    return _soon(column, found, ought)


def _soon(column: Column[Any], found: Stored, ought: Stored) -> bool:
    """Whether both are moments, the one soon after the other."""
    if not isinstance(column.type, Moment):
        return False
    one, other = moment(found), moment(ought)
    return one is not None and other is not None and abs(one - other) <= SLACK


def _digest(value: Stored) -> Stored:
    """What the log says of words that somebody wrote, or of a picture; nothing of none."""
    return digest_of(value) if isinstance(value, str | bytes) and value else value


def _rank(values: list[Stored]) -> Rank:
    """The order of SQLite: nothing, numbers, texts, bytes."""
    return tuple(
        (0, 0)
        if each is None
        else (1, each)
        if isinstance(each, int | float)
        else (2, each)
        if isinstance(each, str)
        else (3, each)
        for each in values
    )


def _raw(column: Column[Any]) -> ColumnElement[Any]:
    """What stands there, which need not be of the column's type."""
    return type_coerce(column, NullType())


def _ordered(column: Column[Any], on_postgresql: bool) -> ColumnElement[Any]:
    """In the order of `_rank`: PostgreSQL has one of its language for texts."""
    if on_postgresql and isinstance(column.type, String):
        return column.collate("C").nulls_first()
    return column.nulls_first() if on_postgresql else column.asc()


def _is_json(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON | TextsColumn)


def _is_large(column: Column[Any]) -> bool:
    return isinstance(column.type, LargeBinary) and column.type.length is None
