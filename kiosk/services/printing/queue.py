"""The print queue: papers are queued in the transaction that made them necessary.

A job is waiting, sending, printing, done, failed or unknown. ``unknown`` means that nobody can
tell whether the paper came out, for example because power went while it was being handed in; it
is never printed again without a person asking for it, and then says DUPLICATE.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, cast, get_args

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session, object_session

from kiosk.core.errors import ExpectedError
from kiosk.devices.printers import REASONS as DEVICE_REASONS
from kiosk.models.database import once_on_disk
from kiosk.models.ledger import LedgerEntry
from kiosk.models.printing import PrintJob
from kiosk.models.register import Resident
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.ledger import erasing
from kiosk.services.printing import recorded, reprints
from kiosk.services.printing.code_words import code_words, printed_day
from kiosk.services.printing.in_hand import LET_GO, NOT_KEPT, UNSIGNED, called_off, in_hand
from kiosk.services.printing.marks import marked, name_mark, named
from kiosk.services.printing.media import LABELS, ROLLS, SHEETS, QueuedMedia, label, place_on_sheet
from kiosk.services.printing.papers import Order, PaperKind, check_payload, payload_of
from kiosk.services.printing.portions import file_of
from kiosk.services.signing.signed_note import words_line
from kiosk.services.village import Village
from kiosk.services.work import Work

if TYPE_CHECKING:
    from kiosk.documents.enrolment_card import EnrolmentCard
    from kiosk.documents.letter import Letter
    from kiosk.documents.slip import Slip

Phase = Literal["waiting", "sending", "printing", "done", "failed", "unknown"]
PHASES: Final[tuple[Phase, ...]] = get_args(Phase)
ACTIVE: Final[tuple[Phase, ...]] = ("waiting", "sending", "printing")
_LISTED: Final = 50

REASONS: Final[tuple[str, ...]] = (
    *(reason for reason in DEVICE_REASONS if reason),
    "power_went",
    "called_off",
    "seen",
    "erased",
    "log_damaged",
    "paper_not_recorded",
    "keys_other",
    "card_not_kept",
    "copy_not_kept",
    "unprintable",
    "qr_too_long",
    "bug",
)
"""Every reason that a job can have; its sentence is at ``printing.reason_<reason>``."""

paper_queued = threading.Event()
"""Set when a paper was committed to a queue of this process, so that the spooler need not ask."""


COPY_IS_KEPT: Final = timedelta(minutes=10)
"""So long a copy of somebody's data waits for the printer: they are there to take it."""


@dataclass(frozen=True, kw_only=True)
class JobView:
    """A job as a screen shows it.

    The phase is at ``printing.phase_<phase>`` and the reason, when there is one, at
    ``printing.reason_<reason>``. `file` is where the file printer put the paper; `saved` says that
    it went there, also when the settings name a printer by now.
    """

    job_id: int
    paper: PaperKind
    reference: str
    phase: Phase
    reason: str
    file: str | None
    duplicate: bool
    saved: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.phase not in ACTIVE


def enqueue(
    work: Work,
    *,
    paper: PaperKind,
    reference: str,
    media: QueuedMedia,
    payload: Mapping[str, Any],
    covers: int | None,
    note_lines: Sequence[str],
    qr_text: str = "",
    case_id: int | None = None,
    duplicate: bool = False,
) -> int:
    """Queue a paper in the caller's transaction and return its job's id.

    `payload` is the paper's dataclass as plain values (`papers.payload_of`); `covers` the ledger
    entry that the checkpoint in its QR has to cover; `note_lines` that checkpoint's extension;
    `qr_text` that checkpoint, if it is signed already; `case_id` the case that it is about, with
    which its entry of the log is erased.

    Raises:
        ExpectedError: ``unprintable`` names the characters that no shipped font has.
    """
    if (covers is None) != (paper in UNSIGNED):
        raise ValueError(f"a checkpoint, or none, where {paper} has the other")
    check_payload(Order(paper=paper, media=media, payload=payload))
    job = PrintJob(
        paper=paper,
        reference=reference,
        media=media,
        payload=dict(payload),
        covers=covers,
        note_lines=list(note_lines),
        qr_text=qr_text,
        phase="waiting",
        duplicate=duplicate,
        terminal=work.village.settings.terminal,
        created_at=work.now,
    )
    recorded.record(work, job, case_id)
    return _queued(work.session, job)


def enqueue_slip(
    work: Work,
    slip: Slip,
    covers: int,
    note_lines: Sequence[str],
    qr_text: str = "",
    case_id: int | None = None,
) -> int:
    """Queue a slip for the hall's slip printer, in the width of its paper.

    Its code begins with `slip.code_words`, or with those that suit it.

    Raises:
        ExpectedError: ``unprintable``.
    """
    lines = tuple(note_lines)
    if slip.printed and not slip.code_words:
        slip = _with_code_words(work, slip)
        lines = (*lines, words_line(slip.code_words))
    return enqueue(
        work,
        paper="slip",
        reference=slip.reference,
        media=slip_media(work.village),
        payload=payload_of(slip),
        covers=covers,
        note_lines=lines,
        qr_text=qr_text,
        case_id=case_id,
    )


def _with_code_words(work: Work, slip: Slip) -> Slip:
    house = named(work.session, slip.house, slip.language)
    day = printed_day(slip.printed)
    said = code_words(work.village, slip.languages, slip.kind, slip.reference, day, house)
    return replace(slip, code_words=said)


def enqueue_card(work: Work, card: EnrolmentCard, media: QueuedMedia) -> int:
    """Queue a card; its token stays in memory and is forgotten once the card is out.

    Raises:
        ExpectedError: ``unprintable``.
    """
    job_id = enqueue(
        work,
        paper="enrolment_card",
        reference=card.card_number,
        media=media,
        payload=payload_of(card),
        covers=None,
        note_lines=(),
    )
    in_hand.keep(work.village, job_id, card.qr_text.encode())
    return job_id


def enqueue_copy(work: Work, reference: str, resident_id: int, pdf: bytes) -> int:
    """Queue the sheets of a copy of somebody's data: kept for ten minutes, and only in memory."""
    job_id = enqueue(
        work,
        paper="data_copy",
        reference=reference,
        media="A4",
        payload={"resident": resident_id},
        covers=None,
        note_lines=(),
    )
    in_hand.keep(work.village, job_id, pdf, work.now + COPY_IS_KEPT)
    return job_id


def enqueue_letter(
    work: Work, letter: Letter, resident_id: int, covers: int, note_lines: Sequence[str]
) -> int:
    """Queue a letter; the queue lets go of its words once the sheet is out.

    Raises:
        ExpectedError: ``unprintable``.
    """
    now = work.session.get_one(Resident, resident_id).name
    payload = payload_of(letter)
    if letter.person == now:
        payload = marked(payload, letter.person, resident_id)
    return enqueue(
        work,
        paper="letter",
        reference=letter.reference,
        media="A4",
        payload=payload | {"resident": resident_id},
        covers=covers,
        note_lines=(*note_lines, words_line(letter.code_words)),
        duplicate=letter.duplicate,
    )


def call_off(work: Work, reference: str) -> None:
    """What is still to come out under `reference` does not, in the caller's transaction."""
    active = PrintJob.reference == reference, PrintJob.phase.in_(ACTIVE)
    for job in work.session.scalars(select(PrintJob).where(*active)).all():
        if job.phase == "waiting":
            finish(work.village, job, "failed", "called_off")
        else:
            called_off.add(work.village, job.id)
    for job in work.session.scalars(select(PrintJob).where(PrintJob.reference == reference)):
        if job.paper in LET_GO and job.phase not in ACTIVE:
            _forget_words(job)


def slip_media(village: Village) -> Literal["58", "80"]:
    """The paper in the hall's slip printer."""
    return "58" if village.settings.printers.slip_width_mm == 58 else "80"


def _queued(session: Session, job: PrintJob) -> int:
    if job not in session:
        job.id = _number(session, job)
        session.add(job)
    once_on_disk(session, paper_queued.set)
    return job.id


_NEWEST = select(func.max(PrintJob.id)).execution_options(autoflush=False)


def _number(session: Session, job: PrintJob) -> int:
    """That of its entry, which no other job ever has: nobody comes to follow somebody else's.

    Earlier versions counted jobs up by themselves.
    """
    if any(isinstance(each, PrintJob) for each in session.new):
        session.flush()
    newest = session.scalar(_NEWEST) or 0
    return max(job.ledger_index or 0, newest + 1)


def state(village: Village, job_id: int) -> JobView:
    """Where a paper stands; one that was erased failed, and nothing else is known of it.

    Raises:
        ExpectedError: ``paper_unknown``.
    """
    with village.read() as session:
        if _was_erased(session, job_id):
            return JobView(
                job_id=job_id,
                paper="slip",
                reference="",
                phase="failed",
                reason="erased",
                file=None,
                duplicate=False,
            )
        return view_of(village, _job(session, job_id))


def _was_erased(session: Session, job_id: int) -> bool:
    """Whether there was a paper of that number: its entry is still there."""
    if session.get(PrintJob, job_id) is not None:
        return False
    entry = session.get(LedgerEntry, job_id)
    return entry is not None and entry.kind == recorded.PAPER


def jobs(village: Village) -> tuple[JobView, ...]:
    """The last fifty papers of this terminal, newest first."""
    here = PrintJob.terminal == village.settings.terminal
    newest = select(PrintJob).where(here).order_by(PrintJob.id.desc()).limit(_LISTED)
    with village.read() as session:
        return tuple(view_of(village, job) for job in session.scalars(newest))


def print_again(village: Village, session_id: str, job_id: int, purpose: str = "") -> int:
    """Print a paper again, and return the job to follow.

    A paper that never came out is tried again as it is; one that did, or may have, is printed as
    DUPLICATE. Who asked for the paper in this very session and does not have it needs no more.
    Anybody else needs the office that `reprints.REPRINTS` names for its kind and, where somebody
    is concerned, a `purpose`: it is a look, and they see it. While a paper is on its way, asking
    again changes nothing.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``purpose_missing``, ``own_paper``,
            ``paper_unknown`` (told to an official alone), ``paper_ended``, ``paper_not_kept``,
            ``copy_not_kept`` for a copy of somebody's data that is out, gone, or another's.
    """
    with acting.writing(village, session_id) as work:
        person, job = work.who, _job_of(work, job_id)
        if job.paper == "data_copy" and job.payload.get("resident") != person.resident_id:
            raise ExpectedError("copy_not_kept")
        if job.phase in ACTIVE:
            return job_id
        _require_kept(village, job)
        reprints.allow(work, person, job, purpose)
        if job.phase == "failed":
            job.phase, job.reason, job.finished_at = "waiting", "", None
            job.terminal = village.settings.terminal
            return _queued(work.session, job)
        known = _duplicate_on_its_way(work.session, job)
        if known is not None:
            return known
        more = _duplicate(work, job)
        recorded.record_again(work, more, job)
        return _queued(work.session, more)


def cancel(village: Village, session_id: str, job_id: int) -> None:
    """Take back a paper that has not come out yet; harmless once it is over.

    What a printer holds already is asked back from it: whether that came in time, the job's state
    tells.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed`` for what is no paper of this person's
            session; an official is told ``paper_unknown`` where there is none.
    """
    with acting.writing(village, session_id) as work:
        job = _job_of(work, job_id)
        if job.phase == "waiting":
            finish(village, job, "failed", "called_off")
        elif job.phase in ACTIVE:
            called_off.add(village, job_id)
            once_on_disk(work.session, paper_queued.set)


def came_out(village: Village, session_id: str, job_id: int) -> None:
    """Say that a paper of which nobody knew is there: a person has seen it.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed`` for what is no paper of this person's
            session; an official is told ``paper_unknown`` where there is none.
    """
    with acting.writing(village, session_id) as work:
        job = _job_of(work, job_id)
        if job.phase == "unknown":
            finish(village, job, "done", "seen")


def on_their_way(session: Session, reference: str) -> bool:
    """True while a paper of `reference` is still to come out."""
    active = PrintJob.reference == reference, PrintJob.phase.in_(ACTIVE)
    return session.scalar(select(PrintJob.id).where(*active).limit(1)) is not None


def under(session: Session, reference: str) -> list[int]:
    """The entries of the papers of `reference`."""
    return _entries(session, PrintJob.reference == reference)


def made_for(session: Session, resident_id: int) -> list[int]:
    """The entries of every slip that was printed for somebody."""
    theirs = PrintJob.payload["person"].as_string() == name_mark(resident_id)
    return _entries(session, (PrintJob.paper == "slip") & theirs)


def _entries(session: Session, which: ColumnElement[bool]) -> list[int]:
    found = select(PrintJob.ledger_index).where(which, PrintJob.ledger_index.is_not(None))
    return [index for index in session.scalars(found) if index is not None]


def erase(work: Work, indexes: Sequence[int]) -> None:
    """Take out the papers whose entries are among `indexes`, in the transaction that erases these.

    None of them is printed any more, but for one that a printer has already.
    """
    for some in erasing.in_batches(indexes):
        theirs = PrintJob.ledger_index.in_(some)
        for job_id in work.session.scalars(select(PrintJob.id).where(theirs)):
            in_hand.drop(work.village, job_id)
        work.session.execute(delete(PrintJob).where(theirs))


def finish(village: Village, job: PrintJob, phase: Phase, reason: str) -> None:
    """End `job`. What was never in the database goes with it, and cannot be printed again."""
    job.phase, job.reason, job.finished_at = phase, reason, village.clock.now()
    called_off.drop(village, job.id)
    if job.paper in NOT_KEPT and phase != "failed":
        _forget_content(job)
        in_hand.drop(village, job.id)
    if job.paper in LET_GO and phase == "done":
        _forget_words(job)


def _forget_words(job: PrintJob) -> None:
    """The lines that were signed stay: nothing of what the paper says is in them."""
    job.payload, job.qr_text = {}, ""


def _forget_content(job: PrintJob) -> None:
    job.payload, job.note_lines, job.qr_text = {}, [], ""


def _job(session: Session, job_id: int) -> PrintJob:
    job = session.get(PrintJob, job_id)
    if job is None:
        raise ExpectedError("paper_unknown")
    return job


def _job_of(work: Acting, job_id: int) -> PrintJob:
    """A paper about which somebody may do something: an official any, everybody else their own.

    Numbers of papers are counted: a paper of somebody else and one that is not there are refused
    alike.

    Raises:
        ExpectedError: ``not_allowed``; ``paper_unknown`` for an official.
    """
    if work.who.roles:
        return _job(work.session, job_id)
    job = work.session.get(PrintJob, job_id)
    if job is None or not _is_theirs(work, job):
        raise ExpectedError("not_allowed")
    return job


def _is_theirs(work: Acting, job: PrintJob) -> bool:
    """Whether a paper was asked for in this session, or is the copy of this person's own data."""
    if job.paper == "data_copy" and job.payload.get("resident") == work.who.resident_id:
        return True
    return reprints.asked_for_by(work.village, work.who, job)


def _require_kept(village: Village, job: PrintJob) -> None:
    gone = job.paper in NOT_KEPT and not in_hand.content(village, job.id)
    if job.paper == "data_copy" and gone:
        raise ExpectedError("copy_not_kept")
    if not job.payload or gone:
        raise ExpectedError("paper_not_kept")


def _duplicate_on_its_way(session: Session, job: PrintJob) -> int | None:
    """The job of a second print that is still under way: a second tap is harmless."""
    return session.scalar(
        select(PrintJob.id).where(
            PrintJob.reference == job.reference,
            PrintJob.paper == job.paper,
            PrintJob.covers == job.covers,
            PrintJob.duplicate,
            PrintJob.phase.in_(ACTIVE),
        )
    )


def next_label(work: Work) -> int:
    """The first free place, from 1, of the sheet of labels that was used last at this terminal.

    1 where that sheet is full, or none was used yet. What never came out took no place.
    """
    here = PrintJob.terminal == work.village.settings.terminal, PrintJob.media.in_(LABELS)
    used = select(PrintJob.media).where(*here, PrintJob.phase != "failed")
    last = work.session.scalar(used.order_by(PrintJob.id.desc()).limit(1))
    return place_on_sheet(cast("QueuedMedia", last)) % len(LABELS) + 1 if last else 1


def _duplicate(work: Work, job: PrintJob) -> PrintJob:
    village = work.village
    return PrintJob(
        paper=job.paper,
        reference=job.reference,
        media=label(next_label(work)) if job.media in LABELS else job.media,
        payload=job.payload,
        covers=job.covers,
        note_lines=job.note_lines,
        qr_text=job.qr_text,
        phase="waiting",
        duplicate=True,
        terminal=village.settings.terminal,
        created_at=village.clock.now(),
    )


def view_of(village: Village, job: PrintJob) -> JobView:
    """A job as a screen shows it."""
    return JobView(
        job_id=job.id,
        paper=cast("PaperKind", job.paper),
        reference=job.reference,
        phase=cast("Phase", job.phase),
        reason=_reason(job),
        file=_file(village, job),
        duplicate=job.duplicate,
        saved=is_file(job),
    )


def _reason(job: PrintJob) -> str:
    """Why a paper does not go on: one in the queue waits for what the paper before it waits for."""
    session = object_session(job)
    if job.phase != "waiting" or job.reason or session is None:
        return job.reason
    same_printer = PrintJob.media.in_(ROLLS if job.media in ROLLS else SHEETS)
    before = select(PrintJob.reason).where(
        PrintJob.phase.in_(ACTIVE), PrintJob.terminal == job.terminal, PrintJob.id < job.id
    )
    return session.scalar(before.where(same_printer).order_by(PrintJob.id).limit(1)) or ""


def is_file(job: PrintJob) -> bool:
    """Whether the file printer has the paper, or had it when it came out."""
    return job.phase == "done" and file_of(job.device_job).endswith((".pdf", ".png"))


def _file(village: Village, job: PrintJob) -> str | None:
    on_a_roll = job.media in ROLLS
    printers = village.settings.printers
    setting = printers.slip if on_a_roll else printers.sign
    if setting != "file" or not is_file(job):
        return None
    return str(village.directory.spool / file_of(job.device_job))
