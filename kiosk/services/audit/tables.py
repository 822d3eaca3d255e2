"""Hold every row that the log gave rise to against the entry that it points to, and back.

The log proves itself; this proves that the tables people are shown still say what the log says,
each as it declares beside its columns (`kiosk.models.about.Logged`). A row that was changed,
deleted or slipped in by somebody with the database file in their hands is named by its entry.
Where an entry's content was erased there is nothing to hold a row against, and none is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.core import event_log
from kiosk.core.errors import EnvironmentFault
from kiosk.models import Base
from kiosk.models.about import Logged
from kiosk.models.database import UNREADABLE
from kiosk.models.ledger import Checkpoint
from kiosk.models.printing import PrintJob
from kiosk.models.whole_schema import differences as schema_differences
from kiosk.services.audit.fold import replay
from kiosk.services.audit.fold.compare import SLACK, differences
from kiosk.services.audit.fold.state import State
from kiosk.services.audit.log import Finding, LogReport, Progress, unwatched, verify_log
from kiosk.services.audit.papers import check_papers
from kiosk.services.audit.register import check_register
from kiosk.services.audit.rows import check_rows
from kiosk.services.audit.totals import check_totals
from kiosk.services.ledger import last_head
from kiosk.services.ledger.contents import Entries, LoggedEntry, Told, entries_of
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
            found = (*report.findings, *_check_books(work.session, entries))
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
        return (*_check_books(session, entries), *_held_against(session, state))


def _folded(session: Session, entries: Entries) -> State:
    return replay.folded(entries, partial(_root_at, session), partial(contents_under, session))


def _held_against(session: Session, state: State) -> Iterator[Finding]:
    """What the entries say and may not, and every table that is not as they give it."""
    yield from state.findings
    yield from differences(session, state)
    yield from check_register(session)


def check_books(session: Session) -> tuple[Finding, ...]:
    """Every row that does not fit its entry, and every entry without its row."""
    return _check_books(session, entries_of(session))


def _check_books(session: Session, entries: Entries) -> tuple[Finding, ...]:
    found = [
        code
        for model in Base.tables()
        if isinstance(model.logged, Logged)
        for code in _check(session, model, model.logged, entries)
    ]
    found += _papers(session)
    found += check_papers(session, entries)
    found += check_rows(session, entries)
    return tuple(Finding(code, index, index) for code, index in dict.fromkeys(sorted(found)))


def _check(session: Session, model: type[Base], logged: Logged, entries: Entries) -> Iterator[Code]:
    """A row may point to an entry of another kind that says the same.

    Who nominates a neighbour, for one, has thereby confirmed the deed.
    """
    rows: Counter[int] = Counter()
    found: Iterable[Any] = session.scalars(select(model).execution_options(yield_per=_BATCH))
    for row in found:
        rows[row.ledger_index] += 1
        entry = entries.get(row.ledger_index)
        if entry is None:
            yield "book_extra", row.ledger_index
        elif not _fits(logged, row, entry):
            yield "book_altered", row.ledger_index
    kinds = logged.kinds or ()
    for index, entry in entries.items():
        if entry.kind in kinds and entry.content is not None and not rows[index]:
            yield "book_missing", index
        if rows[index] > 1 and not logged.several:
            yield "book_extra", index


def _fits(logged: Logged, row: Any, entry: LoggedEntry) -> bool:
    if entry.content is None:
        return True
    if logged.at and abs(getattr(row, logged.at) - entry.at) > SLACK:
        return False
    told = _told(logged, row)
    return _says(entry.content, told)


def _told(logged: Logged, row: Any) -> Told:
    told = {name: getattr(row, column) for name, column in logged.told.items()}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in told.items()
        if value or name not in logged.only_if_set
    }


def _says(content: Told, told: Told) -> bool:
    return all(name in content and content[name] == value for name, value in told.items())


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
