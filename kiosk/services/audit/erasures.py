"""What was erased, held against the entries that say what they erase."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
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


class _Group:
    """The entries whose kinds and moments one digest says, and what theirs are now."""

    def __init__(self, told: Any) -> None:
        self.span: Span | None = None
        self._told, self._found = told, hashlib.sha256()

    def add(self, index: int, kind: str, at: datetime) -> None:
        self._found.update(erasing.moment_of(index, kind, at))
        self.span = "entry_altered", self.span[1] if self.span else index, index

    def is_as_told(self) -> bool:
        return bool(self._found.digest() == self._told)


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
        self._groups: dict[int, _Group] = {}
        self._carrier: _Group | None = None
        """What an earlier version erased, whose lists say no moments."""
        self.signed: dict[bytes, int | None] = {}
        """By `signed_digest`: signed papers whose entry was erased, or that never had one."""
        for index, kind, told in self._announcers():
            self._take(index, kind, told.get(erasing.ERASES, ()))
            self._take_proofs(index, kind, told)

    def trouble(
        self, entry: tuple[int, str, datetime], *, there: bool, noted: bool, by: int | None
    ) -> str:
        """What is wrong with an entry's erasure, or with its lack; empty for nothing.

        `entry` is its index, kind and moment. `there` is its content; `noted` is that it was
        erased, and `by` which entry.
        """
        index, kind, _ = entry
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
        group = self._groups.get(announcer, self._carrier)
        if group is None or by != said:
            return "erasure_unannounced"
        group.add(*entry)
        return ""

    def end(self, size: int) -> Iterator[Span]:
        """Once every entry was looked at: erasures and contents that belong to none."""
        count = select(func.count())
        if self._connection.scalar(count.select_from(LedgerErasure)) != self._noted:
            yield "erasure_unannounced", 0, size - 1
        if self._connection.scalar(count.select_from(LedgerContent)) != self._contents:
            yield "book_extra", 0, size - 1
        for announcer, group in self._groups.items():
            if not group.is_as_told():
                yield group.span or (_NOT_ALLOWED, announcer, announcer)

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

    def _take_proofs(self, announcer: int, kind: str, told: dict[str, Any]) -> None:
        """What it says of what the erased contents proved; only earlier versions say nothing."""
        if erasing.MOMENTS in told:
            group = self._groups[announcer] = _Group(told[erasing.MOMENTS])
            if kind == founding.CARRIED_OVER:
                self._carrier = group
        try:
            self.signed |= {digest: paper for paper, digest in told.get(erasing.SIGNED, ())}
        except (TypeError, ValueError):
            self.findings.append((_NOT_ALLOWED, announcer, announcer))
