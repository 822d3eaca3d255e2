"""Erasing: an entry lists what goes, and then it goes; every proof stays.

`kiosk verify` holds what is gone against these lists, and a trigger lets nothing else go. The
entries that list are themselves never erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import delete, insert, select, tuple_, update
from sqlalchemy.orm import Session

from kiosk.models.database import ERASED
from kiosk.models.ledger import (
    ANNOUNCERS,
    NEVER_ERASED,
    LedgerContent,
    LedgerEntry,
    LedgerErasure,
    LedgerRow,
    LedgerRowErasure,
)
from kiosk.services.ledger import log
from kiosk.services.work import Work

ERASES: Final = "erases"
"""What the content of one of `ANNOUNCERS` calls the entries that it erases: their indexes."""
ERASES_ROWS: Final = "erases_rows"
"""What it calls the rows under entries that it erases: pairs of index and position."""
_BATCH: Final = 1_000

Place = tuple[int, int]
"""Where a row is: the index of its entry, and its position under it."""


def erase(
    work: Work,
    kind: str,
    content: dict[str, Any],
    entries: Iterable[int],
    rows: Iterable[Place] = (),
) -> int:
    """Append an entry that lists what it erases, and erase that; how many entries it was.

    `kind` is one of `ANNOUNCERS`. What was erased before, or is never erased, is left out of the
    lists.
    """
    if kind not in ANNOUNCERS:
        raise ValueError(f"an entry {kind} announces no erasure")
    log.take_turn(work)
    listed, places = _erasable(work.session, entries), _erasable_rows(work.session, rows)
    lists = {ERASES: listed, ERASES_ROWS: [list(place) for place in places]}
    by = log.append(work, kind, {**content, **lists})
    _erase_entries(work, listed, by)
    _erase_rows(work, places, by)
    work.session.info[ERASED] = True
    return len(listed)


def _erasable(session: Session, indexes: Iterable[int]) -> list[int]:
    """Which of `indexes` have a content that may be erased, in their order."""
    found: list[int] = []
    for some in _in_batches(sorted(set(indexes))):
        query = (
            select(LedgerContent.index)
            .join(LedgerEntry, LedgerEntry.index == LedgerContent.index)
            .where(LedgerContent.index.in_(some), LedgerEntry.kind.not_in(NEVER_ERASED))
        )
        found += session.scalars(query.order_by(LedgerContent.index))
    return found


def _erasable_rows(session: Session, places: Iterable[Place]) -> list[Place]:
    """Which of `places` have a row that is not erased yet, in their order."""
    found: list[Place] = []
    for some in _in_batches(sorted(set(places))):
        query = (
            select(LedgerRow.index, LedgerRow.position)
            .where(_at(some), LedgerRow.content.is_not(None))
            .order_by(LedgerRow.index, LedgerRow.position)
        )
        found += [(index, position) for index, position in session.execute(query)]
    return found


def _erase_entries(work: Work, indexes: Sequence[int], by: int) -> None:
    at = work.now
    for some in _in_batches(indexes):
        noted = [{"index": each, "at": at, "by": by} for each in some]
        work.session.execute(insert(LedgerErasure), noted)
        work.session.execute(delete(LedgerContent).where(LedgerContent.index.in_(some)))


def _erase_rows(work: Work, places: Sequence[Place], by: int) -> None:
    at = work.now
    for some in _in_batches(places):
        noted = [{"index": index, "position": at_, "at": at, "by": by} for index, at_ in some]
        work.session.execute(insert(LedgerRowErasure), noted)
        blank = update(LedgerRow).where(_at(some)).values(salt=None, content=None)
        work.session.execute(blank, execution_options={"synchronize_session": False})


def _at(places: Sequence[Place]) -> Any:
    return tuple_(LedgerRow.index, LedgerRow.position).in_(places)


def _in_batches(what: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """So many at a time as a statement takes values."""
    for start in range(0, len(what), _BATCH):
        yield what[start : start + _BATCH]
