"""What a paper says stands in the log before it is signed, so nobody has another one signed.

The entry is written with the job, in one transaction. Before the village signs, the job is held
against it; `kiosk verify` holds every job and every signed paper against it afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from kiosk.core.encoding import digest_of, is_digest_of, salted_digest
from kiosk.core.errors import EnvironmentFault
from kiosk.models.ledger import LedgerEntry
from kiosk.models.printing import PrintJob
from kiosk.services.ledger import log
from kiosk.services.printing.marks import marked_resident
from kiosk.services.work import Work

PAPER: Final = "paper"
"""The kind of entry that says what a paper says."""
Told = Mapping[str, Any]


def record(work: Work, job: PrintJob, case_id: int | None = None) -> None:
    """Append the entry of a paper that is to be signed, in the transaction that queues it.

    It holds digests alone: of the lines that are signed, and of all that is printed. It names the
    person or case that the paper is about, and is erased with them.
    """
    content: dict[str, Any] = {
        "paper": job.paper,
        "reference": job.reference,
        "covers": job.covers,
        "lines": lines_digest(job.note_lines),
        "says": salted_digest(_said(job)),
    }
    resident_id = marked_resident(str(job.payload.get("person", "")))
    about = {"case": case_id, "resident": resident_id}
    content |= {name: number for name, number in about.items() if number is not None}
    job.ledger_index = log.append(work, PAPER, content)


def require(session: Session, job: PrintJob) -> None:
    """Refuse to sign for a paper that the log does not tell of as it stands in the queue.

    Raises:
        EnvironmentFault: ``paper_not_recorded``; ``log_damaged`` if its entry is not what was
            written.
    """
    index = job.ledger_index
    entry = session.get(LedgerEntry, index) if index is not None else None
    if index is None or entry is None or entry.kind != PAPER:
        raise EnvironmentFault("paper_not_recorded")
    log.read_back(session, index)
    if not fits(job, log.content_of(session, index) or {}):
        raise EnvironmentFault("paper_not_recorded")


def fits(job: PrintJob, told: Told) -> bool:
    """Whether a job is the paper that its entry tells of."""
    same = (told.get("paper"), told.get("reference"), told.get("covers"))
    return (
        same == (job.paper, job.reference, job.covers)
        and told.get("lines") == lines_digest(job.note_lines)
        and is_digest_of(told.get("says", b""), _said(job))
    )


def lines_digest(lines: Sequence[str]) -> str:
    """What an entry says of the lines that are signed with its paper."""
    return digest_of("\n".join(lines))


def _said(job: PrintJob) -> str:
    """All that a paper says, in one text; the same after the database gave it back."""
    return json.dumps(
        [job.paper, job.reference, job.media, job.payload], sort_keys=True, ensure_ascii=False
    )
