"""The database without us: what the services ask it, asked again by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pysqlite3
from sqlalchemy import event

from kiosk.models.database import PRAGMAS
from kiosk.services.village import Village

_WRITES = ("INSERT", "UPDATE", "DELETE")

Transaction = list[tuple[str, Any, bool]]
"""Statements that write, with their parameters, and whether these are many."""


class Recorder:
    """What the database is told while the block lasts."""

    def __init__(self, village: Village) -> None:
        self.statements: list[tuple[str, Any]] = []
        """Every statement with its parameters."""
        self.transactions: list[Transaction] = []
        self._engine = village.database.engine

    def __enter__(self) -> Recorder:
        event.listen(self._engine, "before_cursor_execute", self._told)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._told)

    @property
    def selects(self) -> list[tuple[str, Any]]:
        """The statements that only ask."""
        return [each for each in self.statements if each[0].lstrip().startswith("SELECT")]

    def _told(
        self, _connection: Any, _cursor: Any, statement: str, told: Any, _context: Any, many: bool
    ) -> None:
        if statement == "BEGIN IMMEDIATE":
            self.transactions.append([])
        elif statement != "BEGIN":
            self.statements.append((statement, told))
            if statement.lstrip().startswith(_WRITES):
                self.transactions[-1].append((statement, told, many))


def connected(file: Path) -> Any:
    """A bare connection with every setting that ours has."""
    connection = pysqlite3.connect(file, isolation_level=None)
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")
    return connection


def asked(connection: Any, statements: Sequence[tuple[str, Any]]) -> None:
    """The same questions by hand."""
    for statement, told in statements:
        connection.execute(statement, told).fetchall()


def written(connection: Any, transactions: Sequence[Transaction]) -> None:
    """The same writes by hand, each transaction with its sync."""
    for transaction in transactions:
        connection.execute("BEGIN IMMEDIATE")
        for statement, told, many in transaction:
            if many:
                connection.executemany(statement, told)
            else:
                connection.execute(statement, told).fetchall()
        connection.execute("COMMIT")
