"""The queue is no oracle: the village signs for no paper that its log does not tell of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import insert as insert_into
from sqlalchemy import select, text, update

from kiosk.documents.slip import Slip
from kiosk.models.cases import Case
from kiosk.models.ledger import Checkpoint
from kiosk.models.printing import PrintJob
from kiosk.services.audit.log import verify_log
from kiosk.services.audit.tables import verify_village
from kiosk.services.check.papers import check_paper
from kiosk.services.ledger import log
from kiosk.services.printing import queue, recorded, spooler
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet, hamlet
from tests.worlds.leaving import erase
from tests.worlds.names import YANGQIAO

__all__ = ["hamlet"]

SLIP = Slip(
    village=YANGQIAO,
    language="zh",
    kind="receipt",
    reference="2026-0417",
    facts=("记一件好事：陪老人出门办事 +6",),
    next_steps=(),
    qr_text="",
)
FORGED = ("decision 2026-0999", "rule litter -50", "state countersigned on 2026-11-23")


def queue_slip(village: Village) -> int:
    with writing(village) as work:
        index = log.append(work, "clock_confirmed", {"reference": SLIP.reference})
        return queue.enqueue_slip(work, SLIP, index, ("receipt 2026-0417", f"entry {index}"))


def insert(village: Village, **columns: object) -> None:
    """A job of somebody who has the database, made like the honest one."""
    with village.write() as session:
        honest = session.execute(select(PrintJob.__table__)).mappings().one()
        row = {**honest, "id": honest["id"] + 1, "note_lines": list(FORGED), **columns}
        session.execute(insert_into(PrintJob), row)


def change(village: Village, **columns: object) -> None:
    with village.write() as session:
        session.execute(update(PrintJob).values(columns))


def a_job_of_ones_own(village: Village) -> None:
    """It names an honest entry of the log, and no paper."""
    insert(village, ledger_index=None)


def a_job_that_borrows_the_entry_of_another(village: Village) -> None:
    insert(village)


def a_job_that_names_an_entry_of_another_kind(village: Village) -> None:
    insert(village, ledger_index=1)


def other_lines(village: Village) -> None:
    change(village, note_lines=list(FORGED))


def other_words(village: Village) -> None:
    change(village, payload={"kind": "decision"})


def another_reference(village: Village) -> None:
    change(village, reference="2026-0999")


def another_entry(village: Village) -> None:
    change(village, covers=0)


ATTACKS = [
    a_job_of_ones_own,
    a_job_that_borrows_the_entry_of_another,
    a_job_that_names_an_entry_of_another_kind,
    other_lines,
    other_words,
    another_reference,
    another_entry,
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_nothing_is_signed_that_the_log_does_not_tell_of(
    village: Village, attack: Callable[[Village], None]
) -> None:
    queue_slip(village)
    attack(village)
    spooler.print_next(village)
    with village.read() as session:
        jobs = session.scalars(select(PrintJob).order_by(PrintJob.id)).all()
        assert (jobs[-1].phase, jobs[-1].reason) == ("failed", "paper_not_recorded")
        assert jobs[-1].qr_text == ""
        notes = session.scalars(select(Checkpoint.note)).all()
    assert len(notes) == len(jobs) - 1
    assert not any("0999" in note for note in notes)
    assert "paper_unrecorded" in {each.code for each in verify_village(village).findings}


def test_an_honest_paper_is_signed_and_its_entry_says_its_lines(village: Village) -> None:
    job_id = queue_slip(village)
    spooler.print_next(village)
    with village.read() as session:
        job = session.get_one(PrintJob, job_id)
        paper = session.scalars(select(Checkpoint)).one()
        told = log.content_of(session, job.ledger_index or 0) or {}
        assert paper.paper == job.ledger_index
        assert told["lines"] == recorded.lines_digest(job.note_lines)
        assert (told["reference"], told["covers"]) == (job.reference, job.covers)
        signed = job.qr_text
    assert check_paper(village, signed).verdict == "genuine"
    codes = {each.code for each in verify_village(village).findings}
    assert "paper_unrecorded" not in codes


def test_a_signed_paper_that_names_another_entry_is_found(sqlite_village: Village) -> None:
    queue_slip(sqlite_village)
    spooler.print_next(sqlite_village)
    with sqlite_village.write() as session:
        session.execute(text("DROP TRIGGER checkpoint_UPDATE_refused"))
        session.execute(text("UPDATE checkpoint SET paper = 0"))
    assert "paper_unrecorded" in {each.code for each in verify_log(sqlite_village).findings}


def test_a_paper_that_is_taken_out_of_the_queue_is_missed(village: Village) -> None:
    queue_slip(village)
    with village.write() as session:
        session.execute(text("DELETE FROM print_job"))
    assert "book_missing" in {each.code for each in verify_village(village).findings}


@pytest.mark.long
def test_what_a_paper_says_goes_with_its_case(hamlet: Hamlet) -> None:
    case_id = hamlet.approved_deed("A")
    spooler.print_next(hamlet.village)
    with writing(hamlet.village) as work:
        reference = work.session.get_one(Case, case_id).reference
        entries = queue.under(work.session, reference)
        assert entries
    erase(hamlet.village, hamlet.people["A"])
    with hamlet.village.read() as session:
        assert not queue.under(session, reference)
        assert all(log.content_of(session, each) is None for each in entries)
    found = {each.code for each in verify_village(hamlet.village).findings}
    assert not found & {"paper_unrecorded", "erasure_unannounced", "book_missing"}
