"""Writing very many rows at once, by the quickest road that the database has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from kiosk.models.base import Base

_BATCH = 20_000


def insert_many(
    session: Session, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert `rows`, whose values stand in the order of `columns`, in the caller's transaction.

    The values go to the driver as they are: numbers, texts, bytes or None. `rows` may read from
    the same session.
    """
    quote = session.get_bind().dialect.identifier_preparer.quote
    into = f"{quote(model.__tablename__)} ({', '.join(map(quote, columns))})"
    statement = f"INSERT INTO {into} VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
    waiting = iter(rows)
    while some := list(islice(waiting, _BATCH)):
        if session.get_bind().dialect.name == "postgresql":
            _copy(session, into, some)
        else:
            session.connection().exec_driver_sql(statement, some)


def _copy(session: Session, into: str, rows: Iterable[Sequence[Any]]) -> None:
    connection = session.connection().connection.driver_connection
    assert connection is not None
    with connection.cursor().copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
