"""Every paper in the queue against the entry that tells of it, and back."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.printing import PrintJob
from kiosk.services.ledger.contents import Entries, LoggedEntry
from kiosk.services.printing import recorded

Code = tuple[str, int]
"""What is wrong (sentence ``verify.<code>``), and the entry concerned."""
_BATCH: Final = 1_000


def check_papers(session: Session, entries: Entries) -> Iterator[Code]:
    """Each job that is not the paper its entry tells of, and each paper without its job."""
    papers = {index: each for index, each in entries.items() if each.kind == recorded.PAPER}
    forgotten = _forgotten(entries)
    printed: set[int] = set()
    jobs = select(PrintJob).where(PrintJob.covers.is_not(None))
    for job in session.scalars(jobs.execution_options(yield_per=_BATCH)):
        if job.ledger_index is None:
            if not job.qr_text and job.payload:
                yield "paper_unrecorded", job.covers or 0
            continue
        printed.add(job.ledger_index)
        if not _fits(job, papers.get(job.ledger_index), forgotten):
            yield "paper_unrecorded", job.ledger_index
    for index, entry in papers.items():
        if entry.content is not None and index not in printed:
            yield "book_missing", index


def _fits(job: PrintJob, entry: LoggedEntry | None, forgotten: Set[Any]) -> bool:
    if entry is None:
        return False
    if entry.content is None:
        return True
    if not job.payload:  # the case was forgotten later than its last paper was queued
        return entry.content.get("case") in forgotten
    return recorded.fits(job, entry.content)


def _forgotten(entries: Entries) -> Set[Any]:
    """The cases of which nothing is said any more."""
    return {
        entry.content.get("case")
        for entry in entries.values()
        if entry.kind == "forgotten" and entry.content
    }
