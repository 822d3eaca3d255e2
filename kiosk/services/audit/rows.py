"""The rows under an entry are the ones whose root the entry holds, and say what they said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.ledger import (
    ANNOUNCERS,
    LedgerContent,
    LedgerEntry,
    LedgerRow,
    LedgerRowErasure,
)
from kiosk.services.ledger import erasing, merkle
from kiosk.services.ledger.contents import Told, told_in
from kiosk.services.ledger.rows import ROOT, ROWS, commitment

Code = tuple[str, int]
"""What is wrong (sentence ``verify.<code>``), and the entry concerned."""

_BATCH = 1_000
_NOTHING = (0, merkle.EMPTY_ROOT)


class RowsUnder:
    """The rows under entries, held against what these say of them.

    What an entry says is taken in while the log is read; the rows are read after it.
    """

    def __init__(self) -> None:
        self._claims: dict[int, tuple[int, bytes]] = {}

    def take(self, index: int, told: Told | None) -> None:
        """Take in what an entry says of the rows under it."""
        if told is not None and ROWS in told and ROOT in told:
            self._claims[index] = told[ROWS], told[ROOT]

    def check(self, session: Session) -> Iterator[Code]:
        """Recompute every row's commitment and each entry's root, in one pass over all rows.

        ``row_content_altered``, ``row_content_missing`` without an erasure,
        ``erasure_unannounced`` and ``erasure_undone`` where the entries that erase rows say
        otherwise, and ``rows_altered`` where rows were added, taken away or changed places. Of an
        entry whose own content was erased nobody knows the root any more; its rows' contents are
        still held against their commitments.
        """
        claims, announced = dict(self._claims), _announced(session)
        for index, rows in groupby(_rows(session), key=itemgetter(0)):
            tree, trouble = merkle.Frontier(), set[str]()
            for _, position, committed, salt, content, erased, by in rows:
                trouble |= _trouble(committed, salt, content, erased)
                if by != announced.get((index, position)):
                    trouble.add("erasure_undone" if by is None else "erasure_unannounced")
                if position != tree.size:
                    trouble.add("rows_altered")
                tree.add(merkle.leaf_hash(committed))
            claim = claims.pop(index, _NOTHING)
            if claim != (tree.size, tree.root()) and not _is_erased(session, index):
                trouble.add("rows_altered")
            yield from ((code, index) for code in sorted(trouble))
        for index, claim in claims.items():
            if claim != _NOTHING:
                yield "rows_altered", index


def _is_erased(session: Session, index: int) -> bool:
    """Whether what an entry said is gone."""
    there = select(LedgerEntry.index, LedgerContent.index).outerjoin(
        LedgerContent, LedgerContent.index == LedgerEntry.index
    )
    found = session.execute(there.where(LedgerEntry.index == index)).one_or_none()
    return found is not None and found[1] is None


def _announced(session: Session) -> dict[erasing.Place, int]:
    """Each row that an entry says it erases, and which entry; the first one counts."""
    announced: dict[erasing.Place, int] = {}
    announcers = (
        select(LedgerEntry.index, LedgerContent.content)
        .join(LedgerContent, LedgerContent.index == LedgerEntry.index)
        .where(LedgerEntry.kind.in_(ANNOUNCERS))
        .order_by(LedgerEntry.index)
    )
    for index, content in session.execute(announcers.execution_options(yield_per=_BATCH)):
        for of, position in (told_in(content) or {}).get(erasing.ERASES_ROWS, ()):
            if of < index:
                announced.setdefault((of, position), index)
    return announced


def _trouble(committed: bytes, salt: bytes | None, content: bytes | None, erased: Any) -> set[str]:
    if content is None or salt is None:
        return set() if erased is not None else {"row_content_missing"}
    return set() if commitment(salt, content) == committed else {"row_content_altered"}


def _rows(session: Session) -> Iterator[Any]:
    same = (LedgerRowErasure.index == LedgerRow.index) & (
        LedgerRowErasure.position == LedgerRow.position
    )
    columns = (LedgerRow.index, LedgerRow.position, LedgerRow.hash, LedgerRow.salt)
    yield from session.execute(
        select(*columns, LedgerRow.content, LedgerRowErasure.index, LedgerRowErasure.by)
        .outerjoin(LedgerRowErasure, same)
        .order_by(LedgerRow.index, LedgerRow.position)
        .execution_options(yield_per=_BATCH)
    )
