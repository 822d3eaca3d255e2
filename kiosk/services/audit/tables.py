"""The whole of `kiosk verify`: the log by its proofs, and every table by what the log gives.

The log proves itself; this proves that the tables people are shown still say what the log says,
each as it declares beside its columns (`kiosk.models.about`). A row that was changed, deleted or
slipped in by somebody with the database file in their hands is named by its entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.core import event_log
from kiosk.core.errors import EnvironmentFault
from kiosk.models.database import UNREADABLE
from kiosk.models.ledger import Checkpoint
from kiosk.models.printing import PrintJob
from kiosk.models.whole_schema import differences as schema_differences
from kiosk.services.audit.fold import replay
from kiosk.services.audit.fold.compare import differences
from kiosk.services.audit.fold.state import State
from kiosk.services.audit.log import Finding, LogReport, Progress, unwatched, verify_log
from kiosk.services.audit.papers import check_papers
from kiosk.services.audit.register import check_register
from kiosk.services.audit.rows import check_rows
from kiosk.services.audit.totals import check_totals
from kiosk.services.ledger import last_head
from kiosk.services.ledger.contents import Entries, entries_of
from kiosk.services.ledger.log import root_at
from kiosk.services.ledger.rows import contents_under
from kiosk.services.signing.signed_note import take_words, words_fit
from kiosk.services.village import Village
from kiosk.services.work import reading

_BATCH = 1_000

Code = tuple[str, int]
"""What is wrong (sentence ``verify.<code>``), and the entry concerned."""


def verify_village(village: Village, progress: Progress = unwatched) -> LogReport:
    """`verify_log`; every table that the log gave rise to; every total; and the schema.

    `progress` sees the log as the first half, the totals as the second.

    Raises:
        EnvironmentFault: ``database_damaged`` where a value can no longer be read at all.
    """

    def second_half(done: int, of: int) -> None:
        progress(of + done, 2 * of)

    try:
        report = verify_log(village, lambda done, of: progress(done, 2 * of))
        with reading(village) as work:
            entries = entries_of(work.session)
            found = (*report.findings, *check_proved(work.session, entries))
            state = _folded(work.session, entries)
            with state.closing():
                found = (*found, *_held_against(work.session, state))
                found = (*found, *check_totals(work, state, second_half))
            if (lost := last_head.behind(village)) is not None:
                found = (*found, Finding("log_behind", lost.known, lost.there))
            if last_head.is_unknown(village):
                found = (*found, Finding("log_head_unknown", 0, report.entries - 1))
            schema = schema_differences(work.session.connection())
            found = (*found, *(Finding(each.code, 0, 0, each.name) for each in schema))
    except UNREADABLE as trouble:
        event_log.record_bug(trouble)
        raise EnvironmentFault("database_damaged") from trouble
    return replace(report, findings=found)


def _root_at(session: Session, size: int) -> bytes | None:
    """From the stored hashes, which the log's own check holds to account."""
    try:
        return root_at(session, size)
    except EnvironmentFault:
        return None


def check_tables(session: Session) -> tuple[Finding, ...]:
    """Everything of `verify_village` that the log says of the tables."""
    entries = entries_of(session)
    state = _folded(session, entries)
    with state.closing():
        return (*check_proved(session, entries), *_held_against(session, state))


def _folded(session: Session, entries: Entries) -> State:
    return replay.folded(entries, partial(_root_at, session), partial(contents_under, session))


def _held_against(session: Session, state: State) -> Iterator[Finding]:
    """What the entries say and may not, and every table that is not as they give it."""
    yield from state.findings
    yield from differences(session, state)
    yield from check_register(session)


def check_proved(session: Session, entries: Entries) -> tuple[Finding, ...]:
    """What is `Proved` another way than by the fold: papers, and rows under an entry."""
    found = [
        *_papers(session),
        *check_papers(session, entries),
        *check_rows(session, entries),
    ]
    return tuple(Finding(code, index, index) for code, index in dict.fromkeys(sorted(found)))


_SIGNED = 92
"""How long a signature is in base64, at the end of a note and before its last line end."""


def _papers(session: Session) -> Iterator[Code]:
    """Every paper that was signed has its copy among the checkpoints, under its own reference.

    The words before a note are in the queue alone; they are those that it signs.
    """
    ending = func.substr(PrintJob.qr_text, func.length(PrintJob.qr_text) - _SIGNED, _SIGNED)
    jobs = select(PrintJob, Checkpoint.reference, Checkpoint.note).outerjoin(
        Checkpoint, Checkpoint.signature == ending
    )
    signed = jobs.where(PrintJob.qr_text != "", PrintJob.paper != "enrolment_card")
    for job, reference, kept in session.execute(signed.execution_options(yield_per=_BATCH)):
        words, note = take_words(job.qr_text)
        if note != kept or not words_fit(words, note.rpartition("\n\n")[0]):
            yield "paper_missing", job.covers or 0
        elif reference != job.reference:
            yield "book_altered", job.covers or 0
