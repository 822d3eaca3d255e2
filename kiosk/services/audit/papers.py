"""Every paper in the queue against the entry that tells of it, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kiosk.models.ledger import Checkpoint, LedgerContent, LedgerEntry
from kiosk.models.printing import PrintJob
from kiosk.services.ledger import erasing
from kiosk.services.ledger.contents import Told, told_in
from kiosk.services.ledger.founding import CARRIED_OVER
from kiosk.services.printing import recorded

Code = tuple[str, int]
"""What is wrong (sentence ``verify.<code>``), and the entry concerned."""
_BATCH: Final = 1_000


def check_papers(session: Session) -> Iterator[Code]:
    """Each job that is not the paper its entry tells of, and each paper without its job.

    There is one job for each such entry, and none for one that was erased.
    """
    before, last = _signed_before(session), None
    jobs = (
        select(PrintJob, Checkpoint.signature, LedgerEntry.kind, LedgerContent.content)
        .outerjoin(Checkpoint, Checkpoint.paper == PrintJob.ledger_index)
        .outerjoin(LedgerEntry, LedgerEntry.index == PrintJob.ledger_index)
        .outerjoin(LedgerContent, LedgerContent.index == PrintJob.ledger_index)
        .order_by(PrintJob.ledger_index)
    )
    found = session.execute(jobs.execution_options(yield_per=_BATCH))
    for job, signature, kind, content in found:
        told = told_in(content) if kind == recorded.PAPER else None
        if (
            job.ledger_index == last
            or told is None
            or not recorded.fits(job, told)
            or not recorded.has_its_code(job, told, signature, before)
        ):
            yield "paper_unrecorded", job.ledger_index or 0
        last = job.ledger_index
    yield from _without_a_job(session)


def _without_a_job(session: Session) -> Iterator[Code]:
    """The papers that are not erased, and that no job is.

    What an earlier version forgot later than the case's last paper has its entry still.
    """
    forgotten = _forgotten(session)
    papers = _of_kind(recorded.PAPER).outerjoin(
        PrintJob, PrintJob.ledger_index == LedgerEntry.index
    )
    for index, told in _told(session, papers.where(PrintJob.id.is_(None))):
        if forgotten.get(told.get("case"), -1) < index:
            yield "book_missing", index


def _signed_before(session: Session) -> Set[bytes]:
    """The papers of earlier versions that were signed for no entry."""
    return {
        digest
        for _, told in _told(session, _of_kind(CARRIED_OVER))
        for paper, digest in told.get(erasing.SIGNED, ())
        if paper is None
    }


def _forgotten(session: Session) -> Mapping[Any, int]:
    """The cases of which nothing is said any more, each with the entry that says so."""
    return {told.get("case"): index for index, told in _told(session, _of_kind("forgotten"))}


def _of_kind(kind: str) -> Select[int, bytes]:
    """The entries of a kind that are not erased, with what they say, in their order."""
    return (
        select(LedgerEntry.index, LedgerContent.content)
        .join(LedgerContent, LedgerContent.index == LedgerEntry.index)
        .where(LedgerEntry.kind == kind)
        .order_by(LedgerEntry.index)
    )


def _told(session: Session, entries: Select[int, bytes]) -> Iterator[tuple[int, Told]]:
    for index, content in session.execute(entries.execution_options(yield_per=_BATCH)):
        yield index, told_in(content) or {}
