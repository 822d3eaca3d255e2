"""Moving a SQLite village into an empty PostgreSQL, in one transaction, with a proof at the end."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, false, func, insert, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from kiosk.core import event_log
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.models import Base, migrations
from kiosk.models.database import Database
from kiosk.services.audit.tables import check_tables
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work, writing

BATCH = 1_000
DRIVER = "postgresql+psycopg"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class CopiedVillage:
    """What stands in PostgreSQL now: tables, rows, and the log's head, which both logs share."""

    tables: int
    rows: int
    head: log.Head


def copy_to(village: Village, url: str, progress: Progress | None = None) -> CopiedVillage:
    """Copy every row into the empty database at `url`, and prove that both logs are one.

    Nobody can write to the SQLite village meanwhile. Nothing stays in the target unless every
    table reads back as it was, both heads are equal and the copied log is whole.

    Raises:
        ExpectedError: ``database_url_unclear``; ``target_not_empty``.
        EnvironmentFault: ``copy_from_sqlite`` if the village is on PostgreSQL already;
            ``copy_not_whole`` if this village's own log or tables do not fit; ``copy_refused``
            (table) if PostgreSQL does not take a row; ``copy_differs``; ``database_gone``.
    """
    if not village.database.is_sqlite:
        raise EnvironmentFault("copy_from_sqlite")
    target = Database(_postgres(url))
    try:
        with writing(village) as work, target.write() as copied:
            _check_empty(copied.connection())
            _check_whole(work)
            migrations.create(copied.connection())
            moved = _copied(work.session, copied, progress or (lambda _done, _all: None))
            _check_whole(Work(copied, village))
            if log.head(work.session) != moved.head:
                raise EnvironmentFault("copy_differs", "ledger_entry")
    finally:
        target.close()
    event_log.record("village_moved", rows=moved.rows, entries=moved.head.size)
    return moved


def _postgres(url: str) -> str:
    try:
        told = make_url(url)
    except ArgumentError as trouble:
        raise ExpectedError("database_url_unclear", url) from trouble
    if told.get_backend_name() != "postgresql" or not told.database:
        raise ExpectedError("database_url_unclear", told.render_as_string())
    return told.set(drivername=DRIVER).render_as_string(hide_password=False)


def _check_empty(target: Connection) -> None:
    if inspect(target).get_table_names():
        raise ExpectedError("target_not_empty")


def _check_whole(work: Work) -> None:
    if not check_tables(work).consistent:
        raise EnvironmentFault("copy_not_whole")


def _copied(source: Session, target: Session, progress: Progress) -> CopiedVillage:
    tables = Base.metadata.sorted_tables
    rows = sum(source.scalar(select(func.count()).select_from(each)) or 0 for each in tables)
    done = 0
    with _own_references_later(target.connection(), tables):
        for table in tables:
            done += _copy_table(source, target, table, lambda so_far: progress(so_far, rows), done)
    for table in tables:
        _set_sequence(target.connection(), table)
        if _digest(source, table) != _digest(target, table):
            raise EnvironmentFault("copy_differs", table.name)
    return CopiedVillage(len(tables), done, log.head(target))


def _copy_table(
    source: Session, target: Session, table: Table, told: Callable[[int], None], before: int
) -> int:
    done = 0
    for batch in _batches(_rows(source, table)):
        try:
            target.execute(insert(table), batch)
        except DBAPIError as trouble:
            raise EnvironmentFault("copy_refused", table.name) from trouble
        done += len(batch)
        told(before + done)
    return done


def _rows(session: Session, table: Table) -> Iterator[Any]:
    question = select(table).order_by(*table.primary_key.columns)
    yield from session.execute(question.execution_options(yield_per=BATCH)).mappings()


def _batches(rows: Iterator[Any]) -> Iterator[list[dict[str, Any]]]:
    while batch := [dict(row) for row in islice(rows, BATCH)]:
        yield batch


def _digest(session: Session, table: Table) -> int:
    """The sum of SHA-256 over each row's values: the same in whatever order rows are read."""
    digests = (
        hashlib.sha256(repr(tuple(row.values())).encode()).digest() for row in _rows(session, table)
    )
    return sum(int.from_bytes(each, "big") for each in digests) % (1 << 256)


def _set_sequence(target: Connection, table: Table) -> None:
    """The next row's number follows the last one that was copied."""
    column = table.autoincrement_column
    if column is None:
        return
    name = target.dialect.identifier_preparer.quote_identifier(table.name)
    sequence = func.pg_get_serial_sequence(name, column.name)
    following = func.coalesce(func.max(column), 0) + 1
    target.execute(select(func.setval(sequence, following, false())))


@contextmanager
def _own_references_later(target: Connection, tables: list[Table]) -> Iterator[None]:
    """Check at the end what rows of a table say of other rows of it: those may come later."""
    own = [
        (table, constraint.name)
        for table in tables
        for constraint in table.foreign_key_constraints
        if constraint.referred_table is table
    ]
    _defer(target, own, "DEFERRABLE INITIALLY DEFERRED")
    yield
    target.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    _defer(target, own, "NOT DEFERRABLE")


def _defer(target: Connection, own: list[tuple[Table, Any]], how: str) -> None:
    quote = target.dialect.identifier_preparer.quote_identifier
    for table, name in own:
        target.exec_driver_sql(
            f"ALTER TABLE {quote(table.name)} ALTER CONSTRAINT {quote(str(name))} {how}"
        )
