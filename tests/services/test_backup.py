"""A backup is opened, checked and compared before it counts as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.core.clock import SettableClock
from kiosk.core.errors import EnvironmentFault
from kiosk.models.database import Database, sqlite_url
from kiosk.services.backup import KEPT, back_up
from kiosk.services.ledger import log
from kiosk.services.village import Village


def append(village: Village, count: int) -> None:
    with village.write() as session:
        for number in range(count):
            log.append(session, village, "test", {"number": number})


def test_a_backup_holds_the_whole_log(sqlite_village: Village) -> None:
    append(sqlite_village, 9)
    made = back_up(sqlite_village)
    with sqlite_village.read() as session:
        assert (made.entries, made.root) == (9, log.head(session).root)
    copy = Database(sqlite_url(made.file))
    with copy.read() as session:
        assert log.content_of(session, 8) == {"number": 8}
    copy.close()


def test_the_village_goes_on_after_a_backup_and_the_copy_stays_as_it_was(
    sqlite_village: Village,
) -> None:
    append(sqlite_village, 2)
    made = back_up(sqlite_village)
    append(sqlite_village, 3)
    copy = Database(sqlite_url(made.file))
    with copy.read() as session:
        assert log.head(session).size == 2
    copy.close()


def test_a_backup_to_a_stick_goes_where_it_was_told(
    sqlite_village: Village, tmp_path: Path
) -> None:
    made = back_up(sqlite_village, tmp_path / "stick")
    assert made.file.parent == tmp_path / "stick"


def test_a_backup_that_differs_from_the_log_is_thrown_away(
    sqlite_village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(sqlite_village, 3)
    whole = log.head

    def of_a_bad_stick(session):  # type: ignore[no-untyped-def]
        found = whole(session)
        return log.Head(found.size, bytes(32))

    monkeypatch.setattr(log, "head", of_a_bad_stick)
    with pytest.raises(EnvironmentFault, match="backup_differs"):
        back_up(sqlite_village)
    assert list(sqlite_village.directory.backups.iterdir()) == []


def test_only_the_newest_thirty_stay(sqlite_village: Village, clock: SettableClock) -> None:
    for _ in range(KEPT + 2):
        clock.advance(hours=1)
        last = back_up(sqlite_village)
    kept = sorted(sqlite_village.directory.backups.glob("*.sqlite3"))
    assert len(kept) == KEPT
    assert kept[-1] == last.file


def test_a_backup_leaves_no_transaction_open(sqlite_village: Village) -> None:
    back_up(sqlite_village)
    with sqlite_village.write() as session:
        assert session.execute(text("SELECT 1")).scalar_one() == 1
