"""Who left is gone from the files, too."""

from __future__ import annotations

from pathlib import Path

from kiosk.services.ledger import log
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet
from tests.worlds.leaving import leave

SAID = "倒了两袋菜叶在河埠头"


def holding(root: Path, words: str) -> list[str]:
    """The files of a village in which some words can be read."""
    wanted = words.encode()
    files = [file for file in root.rglob("*") if file.is_file()]
    return sorted(file.name for file in files if wanted in file.read_bytes())


def test_who_left_can_be_read_in_no_file_while_the_kiosk_runs(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    village = hamlet.village
    hamlet.hand_in("A", "A", "help", words=SAID)
    root = village.directory.root
    assert {"village.sqlite3-wal"} <= set(holding(root, SAID))
    leave(village, hamlet.sign("A"))
    assert holding(root, SAID) == []


def test_a_reader_of_an_earlier_state_keeps_the_journal_until_it_ends(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    village = hamlet.village
    hamlet.hand_in("A", "A", "help", words=SAID)
    session = hamlet.sign("A")
    with village.read() as reading:
        assert log.log_size(reading) > 0
        leave(village, session)
        assert holding(village.directory.root, SAID) != []
    with writing(village) as work:
        log.append(work, "clock_confirmed", {})
    assert holding(village.directory.root, SAID) == []
