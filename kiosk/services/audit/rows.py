"""The rows under an entry are the ones whose root the entry holds, and say what they said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.ledger import ANNOUNCERS, LedgerRow, LedgerRowErasure
from kiosk.services.ledger import erasing, merkle
from kiosk.services.ledger.contents import Entries
from kiosk.services.ledger.rows import ROOT, ROWS, commitment

Code = tuple[str, int]
"""What is wrong (sentence ``verify.<code>``), and the entry concerned."""

_BATCH = 1_000
_NOTHING = (0, merkle.EMPTY_ROOT)


def check_rows(session: Session, entries: Entries) -> Iterator[Code]:
    """Recompute every row's commitment and each entry's root, in one pass over all rows.

    ``row_content_altered``, ``row_content_missing`` without an erasure, ``erasure_unannounced`` and
    ``erasure_undone`` where the entries that erase rows say otherwise, and ``rows_altered`` where
    rows were added, taken away or changed places. Of an entry whose own content was erased nobody
    knows the root any more; its rows' contents are still held against their commitments.
    """
    claims, announced = dict(_claims(entries)), _announced(entries)
    for index, rows in groupby(_rows(session), key=itemgetter(0)):
        tree, trouble = merkle.Frontier(), set[str]()
        for _, position, committed, salt, content, erased, by in rows:
            trouble |= _trouble(committed, salt, content, erased)
            if by != announced.get((index, position)):
                trouble.add("erasure_undone" if by is None else "erasure_unannounced")
            if position != tree.size:
                trouble.add("rows_altered")
            tree.add(merkle.leaf_hash(committed))
        if claims.pop(index, _NOTHING) not in ((tree.size, tree.root()), None):
            trouble.add("rows_altered")
        yield from ((code, index) for code in sorted(trouble))
    for index, claim in claims.items():
        if claim not in (_NOTHING, None):
            yield "rows_altered", index


def _claims(entries: Entries) -> Iterator[tuple[int, tuple[int, bytes] | None]]:
    """What each entry says of its rows; None where it cannot be asked any more."""
    for index, entry in entries.items():
        if entry.content is None:
            yield index, None
        elif ROWS in entry.content and ROOT in entry.content:
            yield index, (entry.content[ROWS], entry.content[ROOT])


def _announced(entries: Entries) -> dict[erasing.Place, int]:
    """Each row that an entry says it erases, and which entry; the first one counts."""
    announced: dict[erasing.Place, int] = {}
    for index, entry in entries.items():
        if entry.kind in ANNOUNCERS and entry.content is not None:
            for of, position in entry.content.get(erasing.ERASES_ROWS, ()):
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
