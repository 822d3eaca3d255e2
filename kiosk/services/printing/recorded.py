"""What a paper says stands in the log before it is printed, so nobody has another one signed.

Every job has an entry of its own, written with it in one transaction. Before the village signs, the
job is held against it; `kiosk verify` holds every job and every signed paper against it afterwards.
What is erased goes as a whole: the entry's content, and the job.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from kiosk.core.encoding import digest_of, is_digest_of, salted_digest
from kiosk.core.errors import EnvironmentFault
from kiosk.models.ledger import LedgerEntry
from kiosk.models.printing import PrintJob
from kiosk.services.ledger import erasing, log
from kiosk.services.printing.in_hand import LET_GO, NOT_KEPT
from kiosk.services.printing.marks import marked_resident
from kiosk.services.work import Work

PAPER: Final = "paper"
"""The kind of entry that says what a paper says."""
Told = Mapping[str, Any]


def record(work: Work, job: PrintJob, case_id: int | None = None, again: int | None = None) -> None:
    """Append the entry of a paper, in the transaction that queues it.

    It holds digests alone: of the lines that are signed, of all that is printed, and of the code,
    where that is signed already. It names the person or case that the paper is about, and is erased
    with them. `again` is the entry of the paper of which this is one more print.
    """
    content: dict[str, Any] = {
        "paper": job.paper,
        "reference": job.reference,
        "media": job.media,
        "covers": job.covers,
        "lines": lines_digest(job.note_lines),
        "says": salted_digest(_said(job)),
    }
    if job.qr_text:
        content["code"] = digest_of(job.qr_text)
    about = {"case": case_id, "resident": _whose(job), "again": again}
    content |= {name: number for name, number in about.items() if number is not None}
    job.ledger_index = log.append(work, PAPER, content)


def record_again(work: Work, job: PrintJob, of: PrintJob) -> None:
    """`record` for one more print of a paper."""
    told = log.content_of(work.session, of.ledger_index or 0) or {}
    record(work, job, told.get("case"), told.get("again", of.ledger_index))


def _whose(job: PrintJob) -> int | None:
    """Whose name stands on a paper, or whose data; None for nobody's."""
    named = (str(job.payload.get(each, "")) for each in ("person", "name"))
    marked = [each for each in map(marked_resident, named) if each is not None]
    return marked[0] if marked else job.payload.get("resident")


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
        and (is_digest_of(told.get("says", b""), _said(job)) or _is_over(job, told))
    )


def _is_over(job: PrintJob, told: Told) -> bool:
    """Whether it is a paper that is not kept, of which nothing is left but that it was."""
    gone = job.paper in NOT_KEPT or job.paper in LET_GO
    return gone and job.media == told.get("media") and not job.payload


def has_its_code(
    job: PrintJob, told: Told, signature: str | None, before: Collection[bytes]
) -> bool:
    """Whether the code of a job is the one that was signed for its entry, if one was.

    `before` are the papers that were signed for no entry (`erasing.signed_digest`): an earlier
    version signed the checkpoint of the week so.
    """
    if "code" in told:
        return bool(told["code"] == digest_of(job.qr_text))
    if _is_over(job, told) and job.paper in LET_GO:
        return not job.qr_text
    found = job.qr_text.rstrip("\n").rpartition(" ")[2]
    if signature is None:
        return not found or erasing.signed_digest(job.reference, found) in before
    return found == signature


def lines_digest(lines: Sequence[str]) -> str:
    """What an entry says of the lines that are signed with its paper."""
    return digest_of("\n".join(lines))


def _said(job: PrintJob) -> str:
    """All that a paper says, in one text; the same after the database gave it back."""
    return json.dumps(
        [job.paper, job.reference, job.media, job.payload], sort_keys=True, ensure_ascii=False
    )
