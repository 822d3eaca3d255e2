"""A paper is taken from the queue, and that is on disk before the printer gets anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core import event_log
from kiosk.core.catalogue import CHINESE
from kiosk.core.errors import EnvironmentFault
from kiosk.models.printing import PrintJob
from kiosk.services.ledger import log
from kiosk.services.printing import recorded
from kiosk.services.printing.in_hand import NOT_KEPT, in_hand
from kiosk.services.printing.marks import named
from kiosk.services.printing.media import QueuedMedia
from kiosk.services.printing.papers import Order, PaperKind
from kiosk.services.printing.portions import Portion, file_of, go_together, sheet_of
from kiosk.services.printing.queue import Phase, finish
from kiosk.services.signing.signed_note import with_words
from kiosk.services.village import Village
from kiosk.services.work import Work, writing


@dataclass(frozen=True)
class Claim:
    """A paper that this spooler has taken from the queue."""

    job_id: int
    order: Order


def first(
    work: Work, sizes: Sequence[QueuedMedia], phase: Phase, for_update: bool = False
) -> PrintJob | None:
    """The oldest paper in `phase` of this terminal; skip what another process is taking."""
    question = select(PrintJob).where(
        PrintJob.phase == phase,
        PrintJob.terminal == work.village.settings.terminal,
        PrintJob.media.in_(sizes),
    )
    question = question.order_by(PrintJob.id).limit(1)
    if for_update:
        question = question.with_for_update(skip_locked=True)
    return work.session.scalar(question)


def there(session: Session, jobs: Sequence[int]) -> Iterable[PrintJob]:
    """The rows of these jobs; what was erased meanwhile has none."""
    return session.scalars(select(PrintJob).where(PrintJob.id.in_(jobs)))


def rest_of(session: Session, job: PrintJob) -> Portion:
    """The papers of an earlier life that are in one file with `job` and not over."""
    if sheet_of(job.device_job) is None:
        return Portion({job.id: 0})
    question = select(PrintJob.device_job, PrintJob.id).where(
        PrintJob.phase == "printing",
        PrintJob.terminal == job.terminal,
        PrintJob.device_job.startswith(f"{file_of(job.device_job)} ", autoescape=True),
    )
    found = ((job_id, sheet_of(remembered)) for remembered, job_id in session.execute(question))
    return Portion({job_id: sheet for job_id, sheet in found if sheet is not None}, alone=False)


def claimed(
    village: Village,
    sizes: Sequence[QueuedMedia],
    before: Sequence[Claim],
    ended: Callable[[int], None],
) -> Claim | None:
    """Write down that the next paper is being sent, with its QR text.

    None also of one that may not be in one file with those `before`, and of one that cannot be
    signed, whose job is over then: `ended` is told.
    """
    with writing(village) as work:
        job = first(work, sizes, "waiting", for_update=True)
        if job is None:
            return None
        paper, media = cast("PaperKind", job.paper), cast("QueuedMedia", job.media)
        if not go_together([each.order for each in before], paper, media):
            return None
        job.phase = "sending"
        try:
            qr_text = _qr_text(work, job)
        except EnvironmentFault as fault:
            finish(village, job, "failed", fault.code)
            event_log.record("paper_ended", job=job.id, phase="failed", reason=fault.code)
            ended(job.id)
            return None
        order = Order(
            paper=paper,
            media=media,
            payload=named(work.session, job.payload, job.payload.get("language", CHINESE)),
            qr_text=qr_text,
            duplicate=job.duplicate,
            ready=in_hand.content(village, job.id) if paper == "data_copy" else b"",
        )
        return Claim(job.id, order)


def _qr_text(work: Work, job: PrintJob) -> str:
    """The signed checkpoint, made once, or a card's token; a copy of one's data has none.

    Raises:
        EnvironmentFault: ``log_damaged``; ``paper_not_recorded``; ``card_not_kept`` and
            ``copy_not_kept`` when the program ended meanwhile, or its time was over.
    """
    if job.paper in NOT_KEPT:
        content = in_hand.content(work.village, job.id)
        if not content:
            raise EnvironmentFault(NOT_KEPT[job.paper])
        return content.decode() if job.paper == "enrolment_card" else ""
    if not job.qr_text and job.covers is not None:
        recorded.require(work.session, job)
        lines = tuple(job.note_lines)
        note = log.sign_checkpoint(work, job.reference, job.covers, lines, paper=job.ledger_index)
        language = job.payload.get("language", CHINESE)
        words = named(work.session, job.payload.get("code_words", ()), language)
        job.qr_text = with_words(words, note)
    return job.qr_text
