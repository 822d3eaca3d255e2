"""What a village of version 0.1 did not say is in its log from the first opening on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update

from kiosk.core.clock import SettableClock
from kiosk.core.paths import DataDirectory
from kiosk.models.printing import PrintJob
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger import erasing, founding, log
from kiosk.services.printing import queue, recorded, spooler, weekly_checkpoint
from kiosk.services.upkeep.carry_over import carry_over
from kiosk.services.upkeep.opening import open_village
from kiosk.services.village import Village
from kiosk.services.work import Work, writing
from tests.worlds.first_version import unfounded, unpacked
from tests.worlds.logged import LoggedHamlet, furnish


def opened(root: Path, clock: SettableClock) -> tuple[int, tuple[object, ...]]:
    """How many entries the village has once it was opened, and what is wrong with it."""
    with open_village(DataDirectory(root / "village"), clock).closing() as village:
        found = verify_village(village)
        return found.entries, found.findings


def test_a_village_that_version_0_1_made_itself_is_carried_over_once_and_verifies(
    tmp_path: Path,
) -> None:
    hall = unpacked(tmp_path / "hall")
    first = opened(tmp_path / "hall", hall.clock)
    assert first == (first[0], ())
    assert opened(tmp_path / "hall", hall.clock) == first


@pytest.fixture
def earlier(
    sqlite_village: Village, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> Village:
    """A village whose program gave no entry to some papers, and emptied what it erased."""
    with monkeypatch.context() as before:
        before.setattr(founding, "found", _found_before)
        before.setattr(erasing, "listing", lambda _, indexes: {erasing.ERASES: list(indexes)})
        before.setattr(recorded, "record", _record_before(recorded.record))
        before.setattr(recorded, "record_again", _share_the_entry)
        before.setattr(log, "keep", _keep_before(log.keep))
        before.setattr(queue, "erase", _empty)
        hamlet = LoggedHamlet(unfounded(sqlite_village), clock)
        with writing(hamlet.village) as work:
            _found_before(work)
        _live(furnish(hamlet))
    return sqlite_village


def _found_before(work: Work) -> None:
    log.append(work, founding.FOUNDED, founding.told(work.village))


def _record_before(record: Any) -> Any:
    def recorded_before(work: Work, job: PrintJob, case_id: int | None = None) -> None:
        if job.covers is not None:
            qr_text, job.qr_text = job.qr_text, ""
            record(work, job, case_id)
            job.qr_text = qr_text

    return recorded_before


def _share_the_entry(_work: Work, job: PrintJob, of: PrintJob) -> None:
    job.ledger_index = of.ledger_index


def _keep_before(keep: Any) -> Any:
    """The checkpoint of the week is kept under no entry."""

    def kept_before(work: Work, note: str, reference: str, paper: int | None) -> None:
        keep(work, note, reference, None if reference.startswith("W") else paper)

    return kept_before


def _empty(work: Work, indexes: list[int]) -> None:
    empty = {"payload": {}, "note_lines": [], "qr_text": ""}
    theirs = PrintJob.ledger_index.in_(indexes)
    work.session.execute(update(PrintJob).where(theirs).values(empty))


def _live(hamlet: LoggedHamlet) -> None:
    """A copy of one's data, a card, a reprint, the checkpoint of the week, and somebody leaves."""
    village = hamlet.village
    for letter in "AB":
        hamlet.approved_deed(letter)
    spooler.print_next(village)
    with village.read() as session:
        printed = session.scalars(select(PrintJob.id).order_by(PrintJob.id)).all()
    queue.print_again(village, hamlet.officer("Y"), printed[-1], "reprint_lost")
    weekly_checkpoint.queue_checkpoint(village)
    spooler.print_next(village)
    hamlet.leave_for_good("A")


@pytest.mark.long
def test_a_village_whose_papers_had_no_entries_is_carried_over_once_for_them(
    earlier: Village,
) -> None:
    before = {(each.code, each.name) for each in verify_village(earlier).findings}
    assert {code for code, _ in before} >= {"paper_unrecorded", "erasure_unannounced"}
    with earlier.read() as session:
        empty = session.scalar(text("SELECT count(*) FROM print_job WHERE payload = '{}'"))
    assert empty
    assert carry_over(earlier) is not None
    assert carry_over(earlier) is None
    found = {(each.code, each.name) for each in verify_village(earlier).findings}
    assert not {code for code, _ in found} & {
        *("paper_unrecorded", "paper_missing", "book_missing", "entry_altered", "not_allowed"),
        *("erasure_unannounced", "erasure_not_allowed"),
    }
    with writing(earlier) as work:  # once more, as nobody may
        log.append(work, founding.CARRIED_OVER, {erasing.ERASES: [], erasing.SIGNED: []})
    again = verify_village(earlier).findings
    assert "carried_over: not for the first time" in {each.name for each in again}


@pytest.mark.long
@pytest.mark.parametrize(
    "change",
    [
        'paper = NULL WHERE paper IN (SELECT "index" FROM ledger_erasure)',
        'paper = 1 WHERE paper IN (SELECT "index" FROM ledger_erasure)',
        "reference = '2026-0999' WHERE paper IN (SELECT \"index\" FROM ledger_erasure)",
        'paper = (SELECT min("index") FROM ledger_erasure) WHERE paper IS NULL',
    ],
)
def test_which_papers_were_signed_before_stays_as_it_was(earlier: Village, change: str) -> None:
    carry_over(earlier)
    with earlier.write() as session:
        session.execute(text("DROP TRIGGER checkpoint_UPDATE_refused"))
        session.execute(text(f"UPDATE checkpoint SET {change}"))
        assert session.scalar(text("SELECT changes()"))
    assert "paper_unrecorded" in {each.code for each in verify_village(earlier).findings}
