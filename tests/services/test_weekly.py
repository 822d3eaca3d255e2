"""Once a week a paper says where the log stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from kiosk.core.clock import SettableClock
from kiosk.models.printing import PrintJob
from kiosk.services.check.papers import SlipFacts, check_paper
from kiosk.services.ledger import erasing, log
from kiosk.services.printing import queue, spooler
from kiosk.services.printing.weekly_checkpoint import queue_checkpoint
from kiosk.services.upkeep.scheduler import Caretaker
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.terminal_at_work import other_terminal


def append(village: Village, count: int = 1) -> None:
    with writing(village) as work:
        for number in range(count):
            log.append(work, "test", {"number": number})


def jobs(village: Village) -> list[PrintJob]:
    with village.read() as session:
        found = list(session.scalars(select(PrintJob).order_by(PrintJob.id)))
        session.expunge_all()
        return found


def test_an_empty_log_needs_no_checkpoint(village: Village) -> None:
    assert queue_checkpoint(village) is None


@pytest.mark.long
def test_a_year_brings_a_checkpoint_each_week(village: Village, clock: SettableClock) -> None:
    append(village)
    for _ in range(8 * 7):
        queue_checkpoint(village)
        spooler.print_next(village)
        clock.advance(days=1)
    found = jobs(village)
    assert [each.phase for each in found] == ["done"] * 8
    days = [each.created_at for each in found]
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=7)}
    assert found[0].reference == "W2026-48"


def test_the_slip_says_what_its_code_proves(village: Village, clock: SettableClock) -> None:
    append(village, 5)
    job_id = queue_checkpoint(village)
    append(village, 3)  # before the printer got to it
    spooler.print_next(village)
    assert job_id is not None
    (job,) = jobs(village)
    with village.read() as session:
        root = log.root_at(session, 1 + 5).hex()
    said = " ".join(job.payload["facts"])
    assert "6" in job.payload["facts"][0]
    assert "2026年11月23日 09:00" in said
    assert root in said.replace(" ", "")
    assert job.payload["facts"][-1] == village.keys.verifier.text()
    answer = check_paper(village, job.qr_text)
    assert (answer.verdict, answer.tree_size, answer.reference) == ("genuine", 1 + 5, "W2026-48")
    words = tuple(job.payload["code_words"])
    assert answer.facts == SlipFacts(clock.now().date(), ("W2026-48",), words)
    assert words[:3] == (
        "杨桥村善行存折",
        "Yangqiao Good-Deed Book",
        "账本核对单 LOG CHECKPOINT W2026-48",
    )


def test_one_that_waits_for_paper_is_not_followed_by_another(
    village: Village, clock: SettableClock
) -> None:
    append(village)
    queue_checkpoint(village)
    clock.advance(days=21)
    assert queue_checkpoint(village) is None


def test_one_that_failed_is_followed_by_another_the_next_day(
    village: Village, clock: SettableClock
) -> None:
    append(village)
    first = queue_checkpoint(village)
    with village.write() as session:
        session.get_one(PrintJob, first).phase = "failed"
    assert queue_checkpoint(village) is None
    clock.advance(days=1)
    assert queue_checkpoint(village) is not None


def test_several_terminals_print_one_between_them(village: Village, clock: SettableClock) -> None:
    append(village)
    assert queue_checkpoint(village) is not None
    assert queue_checkpoint(other_terminal(village)) is None
    assert len(jobs(village)) == 1


def test_a_log_whose_last_entry_was_erased_still_has_a_checkpoint(village: Village) -> None:
    append(village, 3)
    with writing(village) as work:
        erasing.erase(work, "forgotten", {}, [2])
    queue_checkpoint(village)
    assert check_paper(village, jobs(village)[0].qr_text).tree_size == 1 + 3 + 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [58, 80])
def test_the_slip_comes_out_in_every_width_and_language(
    sqlite_village: Village, language: str, width: int
) -> None:
    printers = replace(sqlite_village.settings.printers, slip_width_mm=width)
    settings = replace(sqlite_village.settings, language=language, printers=printers)
    village = replace(sqlite_village, settings=settings)
    append(village)
    job_id = queue_checkpoint(village)
    assert job_id is not None
    spooler.print_next(village)
    assert queue.state(village, job_id).phase == "done"


def test_the_caretaker_sees_to_it_even_when_the_backup_fails(
    sqlite_village: Village, clock: SettableClock
) -> None:
    append(sqlite_village)
    sqlite_village.directory.backups.rmdir()
    sqlite_village.directory.backups.write_text("a file where the folder should be")
    caretaker = Caretaker(sqlite_village)
    caretaker.start()
    caretaker.stop()
    assert [each.reference for each in jobs(sqlite_village)] == ["W2026-48"]
