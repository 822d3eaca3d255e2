"""What was erased, held against the entries that say what they erase."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, func, select

from kiosk.models.ledger import (
    ANNOUNCERS,
    NEVER_ERASED,
    LedgerContent,
    LedgerEntry,
    LedgerErasure,
)
from kiosk.services.audit.tree import Span
from kiosk.services.ledger import erasing, founding
from kiosk.services.ledger.contents import told_in

_NOT_ALLOWED: Final = "erasure_not_allowed"
_BY_ANY: Final = (*ANNOUNCERS, founding.CARRIED_OVER)


class Erasures:
    """Each entry that another one says it erases, and by which."""

    def __init__(self, connection: Connection) -> None:
        self.findings: list[Span] = []
        """Entries that erase what they may not: what comes after them, or a second time."""
        self._connection = connection
        self._by: dict[int, int] = {}
        self._before: frozenset[int] = frozenset()
        """The announcers of what version 0.1 erased, which did not say by which entry."""
        self._noted = self._contents = 0
        for index, kind, told in self._announcers():
            self._take(index, kind, told.get(erasing.ERASES, ()))

    def trouble(self, index: int, kind: str, *, there: bool, noted: bool, by: int | None) -> str:
        """What is wrong with an entry's erasure, or with its lack; empty for nothing.

        `there` is its content; `noted` is that it was erased, and `by` which entry.
        """
        self._contents += there
        self._noted += noted
        announcer = self._by.get(index)
        if announcer is None:
            missing = "" if there else "content_missing"
            return "erasure_unannounced" if noted else missing
        if kind in NEVER_ERASED:
            return _NOT_ALLOWED
        if there or not noted:
            return "erasure_undone"
        said = None if announcer in self._before else announcer
        return "" if by == said else "erasure_unannounced"

    def end(self, size: int) -> Iterator[Span]:
        """Once every entry was looked at: erasures and contents that belong to none."""
        count = select(func.count())
        if self._connection.scalar(count.select_from(LedgerErasure)) != self._noted:
            yield "erasure_unannounced", 0, size - 1
        if self._connection.scalar(count.select_from(LedgerContent)) != self._contents:
            yield "book_extra", 0, size - 1

    def _announcers(self) -> Iterator[tuple[int, str, dict[str, Any]]]:
        question = (
            select(LedgerEntry.index, LedgerEntry.kind, LedgerContent.content)
            .join(LedgerContent, LedgerContent.index == LedgerEntry.index)
            .where(LedgerEntry.kind.in_(_BY_ANY))
            .order_by(LedgerEntry.index)
        )
        for index, kind, content in self._connection.execute(question):
            yield index, kind, told_in(content) or {}

    def _take(self, announcer: int, kind: str, listed: Any) -> None:
        if kind == founding.CARRIED_OVER:
            self._before |= {announcer}
        wrong = not isinstance(listed, list)
        for index in () if wrong else listed:
            if isinstance(index, int) and 0 <= index < announcer and index not in self._by:
                self._by[index] = announcer
            else:
                wrong = True
        if wrong:
            self.findings.append((_NOT_ALLOWED, announcer, announcer))
