"""Erasing: an entry lists what goes, and then it goes; every proof stays.

`kiosk verify` holds what is gone against these lists, and a trigger lets nothing else go. The
entries that list are themselves never erased. With the content of an entry goes what proves its
kind and its moment, and which signed paper it told of: the list says that, too, by digests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import delete, insert, select, tuple_, update
from sqlalchemy.orm import Session

from kiosk.core.encoding import canonical
from kiosk.models.database import ERASED
from kiosk.models.ledger import (
    ANNOUNCERS,
    NEVER_ERASED,
    Checkpoint,
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
MOMENTS: Final = "moments"
"""What it calls the digest of their kinds and moments, over `moment_of` each in their order."""
SIGNED: Final = "signed"
"""What it calls the signed papers that they told of: entry, and `signed_digest`."""
_BATCH: Final = 1_000
_DIGEST_BYTES: Final = 16

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
    rows_listed = {ERASES_ROWS: [list(place) for place in places]}
    by = log.append(work, kind, {**content, **listing(work.session, listed), **rows_listed})
    _erase_entries(work, listed, by)
    _erase_rows(work, places, by)
    work.session.info[ERASED] = True
    return len(listed)


def listing(session: Session, indexes: Sequence[int]) -> dict[str, Any]:
    """What an entry says of those that it erases: `indexes`, in their order."""
    moments, signed = hashlib.sha256(), list[list[Any]]()
    for some in in_batches(indexes):
        entries = select(LedgerEntry.index, LedgerEntry.kind, LedgerEntry.at)
        entries = entries.where(LedgerEntry.index.in_(some)).order_by(LedgerEntry.index)
        for index, kind, at in session.execute(entries):
            moments.update(moment_of(index, kind, at))
        papers = select(Checkpoint.paper, Checkpoint.reference, Checkpoint.signature)
        papers = papers.where(Checkpoint.paper.in_(some)).order_by(Checkpoint.paper)
        signed += told_signed(session.execute(papers))
    return {ERASES: list(indexes), MOMENTS: moments.digest(), SIGNED: signed}


def moment_of(index: int, kind: str, at: datetime) -> bytes:
    """What is left of an erased entry, in bytes."""
    return canonical([index, kind, at.astimezone(UTC).isoformat()])


def told_signed(papers: Iterable[Any]) -> list[list[Any]]:
    """What is said of signed papers: of each its entry, or None, its reference and signature."""
    return [[paper, signed_digest(*signed)] for paper, *signed in papers]


def signed_digest(reference: str, signature: str) -> bytes:
    """16 bytes that tell a signed paper from others."""
    return hashlib.sha256(f"{reference}\n{signature}".encode()).digest()[:_DIGEST_BYTES]


def _erasable(session: Session, indexes: Iterable[int]) -> list[int]:
    """Which of `indexes` have a content that may be erased, in their order."""
    found: list[int] = []
    for some in in_batches(sorted(set(indexes))):
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
    for some in in_batches(sorted(set(places))):
        query = (
            select(LedgerRow.index, LedgerRow.position)
            .where(_at(some), LedgerRow.content.is_not(None))
            .order_by(LedgerRow.index, LedgerRow.position)
        )
        found += [(index, position) for index, position in session.execute(query)]
    return found


def _erase_entries(work: Work, indexes: Sequence[int], by: int) -> None:
    at = work.now
    for some in in_batches(indexes):
        noted = [{"index": each, "at": at, "by": by} for each in some]
        work.session.execute(insert(LedgerErasure), noted)
        work.session.execute(delete(LedgerContent).where(LedgerContent.index.in_(some)))


def _erase_rows(work: Work, places: Sequence[Place], by: int) -> None:
    at = work.now
    for some in in_batches(places):
        noted = [{"index": index, "position": at_, "at": at, "by": by} for index, at_ in some]
        work.session.execute(insert(LedgerRowErasure), noted)
        blank = update(LedgerRow).where(_at(some)).values(salt=None, content=None)
        work.session.execute(blank, execution_options={"synchronize_session": False})


def _at(places: Sequence[Place]) -> Any:
    return tuple_(LedgerRow.index, LedgerRow.position).in_(places)


def in_batches(what: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """So many at a time as a statement takes values."""
    for start in range(0, len(what), _BATCH):
        yield what[start : start + _BATCH]
