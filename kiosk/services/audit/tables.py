"""The whole of `kiosk verify`: the log by its proofs, and every table by what the log gives.

The log proves itself; this proves that the tables people are shown still say what the log says,
each as it declares beside its columns (`kiosk.models.about`). A row that was changed, deleted or
slipped in by somebody with the database file in their hands is named by its entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
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
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.log import Finding, LogReport, Progress, log_report, unwatched
from kiosk.services.audit.papers import check_papers
from kiosk.services.audit.register import check_register
from kiosk.services.audit.rows import RowsUnder
from kiosk.services.audit.totals import check_totals
from kiosk.services.ledger import last_head
from kiosk.services.ledger.contents import told_in
from kiosk.services.ledger.log import root_at
from kiosk.services.ledger.rows import contents_under
from kiosk.services.signing.signed_note import take_words, words_fit
from kiosk.services.village import Village
from kiosk.services.work import Work, reading

_BATCH = 1_000

Code = tuple[str, int]
"""What is wrong (sentence ``verify.<code>``), and the entry concerned."""


def verify_village(village: Village, progress: Progress = unwatched) -> LogReport:
    """`verify_log`; every table that the log gave rise to; every total; and the schema.

    `progress` sees the log as the first half, the totals as the second.

    Raises:
        EnvironmentFault: ``database_damaged`` where a value can no longer be read at all.
    """

    def first_half(done: int, of: int) -> None:
        progress(done, 2 * of)

    def second_half(done: int, of: int) -> None:
        progress(of + done, 2 * of)

    try:
        with reading(village) as work, _state(work.session) as state:
            report = _checked(work, state, first_half)
            found = (*report.findings, *check_totals(work, state, second_half))
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


def check_tables(work: Work) -> LogReport:
    """What `verify_village` says of the log and the tables alone."""
    with _state(work.session) as state:
        return _checked(work, state, unwatched)


@contextmanager
def _state(session: Session) -> Iterator[State]:
    """A state in which nothing stands yet, thrown away at the end of the block."""
    state = State(partial(_root_at, session), partial(contents_under, session))
    with state.closing():
        yield state


def _root_at(session: Session, size: int) -> bytes | None:
    """From the stored hashes, which the log's own check holds to account."""
    try:
        return root_at(session, size)
    except EnvironmentFault:
        return None


def _checked(work: Work, state: State, progress: Progress) -> LogReport:
    """Read the log once: for its own proofs, into the state, and for what says how rows stand."""
    session, rows = work.session, RowsUnder()

    def take(index: int, kind: str, at: datetime, content: bytes | None) -> None:
        told = told_in(content)
        replay.take(state, Entry(index, kind, at), told)
        rows.take(index, told)

    report = log_report(work, progress, take)
    state.end()
    proved = sorted({*_papers(session), *check_papers(session), *rows.check(session)})
    found = (
        *report.findings,
        *(Finding(code, index, index) for code, index in proved),
        *state.findings,
        *differences(session, state),
        *check_register(session),
    )
    return replace(report, findings=found)


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
