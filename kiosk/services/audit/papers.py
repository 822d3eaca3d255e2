"""Every paper in the queue against the entry that tells of it, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.ledger import Checkpoint
from kiosk.models.printing import PrintJob
from kiosk.services.ledger import erasing
from kiosk.services.ledger.contents import Entries
from kiosk.services.ledger.founding import CARRIED_OVER
from kiosk.services.printing import recorded

Code = tuple[str, int]
"""What is wrong (sentence ``verify.<code>``), and the entry concerned."""
_BATCH: Final = 1_000


def check_papers(session: Session, entries: Entries) -> Iterator[Code]:
    """Each job that is not the paper its entry tells of, and each paper without its job.

    There is one job for each such entry, and none for one that was erased.
    """
    papers = {
        index: each.content
        for index, each in entries.items()
        if each.kind == recorded.PAPER and each.content is not None
    }
    forgotten, before = _forgotten(entries), _signed_before(entries)
    printed: set[int | None] = {None}
    jobs = select(PrintJob, Checkpoint.signature).outerjoin(
        Checkpoint, Checkpoint.paper == PrintJob.ledger_index
    )
    for job, signature in session.execute(jobs.execution_options(yield_per=_BATCH)):
        told = papers.get(job.ledger_index or 0)
        if (
            job.ledger_index in printed
            or told is None
            or not recorded.fits(job, told)
            or not recorded.has_its_code(job, told, signature, before)
        ):
            yield "paper_unrecorded", job.ledger_index or 0
        printed.add(job.ledger_index)
    for index, told in papers.items():
        if index not in printed and forgotten.get(told.get("case"), -1) < index:
            yield "book_missing", index


def _signed_before(entries: Entries) -> Set[bytes]:
    """The papers of earlier versions that were signed for no entry."""
    return {
        digest
        for entry in entries.values()
        if entry.kind == CARRIED_OVER and entry.content
        for paper, digest in entry.content.get(erasing.SIGNED, ())
        if paper is None
    }


def _forgotten(entries: Entries) -> Mapping[Any, int]:
    """The cases of which nothing is said any more, each with the entry that says so.

    What an earlier version forgot later than the case's last paper has its entry still.
    """
    return {
        entry.content.get("case"): index
        for index, entry in entries.items()
        if entry.kind == "forgotten" and entry.content
    }
