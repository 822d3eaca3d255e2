"""A database that was put back to an earlier state is noticed at the start, on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from kiosk.core.clock import SettableClock
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.services.audit.tables import verify_village
from kiosk.services.check.papers import check_paper
from kiosk.services.ledger import last_head, log
from kiosk.services.upkeep.doctor import examine
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, open_village
from kiosk.services.upkeep.scheduler import Caretaker
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.worlds.server import PostgresDatabase

PutBack = Callable[[], None]


def append(village: Village, count: int) -> None:
    with writing(village) as work:
        for number in range(count):
            log.append(work, "clock_confirmed", {"number": number})


def slip(village: Village) -> str:
    with village.read() as session:
        covers = log.log_size(session) - 1
    with writing(village) as work:
        return log.sign(work, covers, ("receipt 2026-0001",))


@contextmanager
def kept_state(village: Village, monkeypatch: pytest.MonkeyPatch) -> Iterator[PutBack]:
    """The database as it stands now, and how it is put back to that."""
    village.database.close()
    with ExitStack() as stack:
        if village.database.is_sqlite:
            file = village.directory.database
            kept = shutil.copy(file, file.with_suffix(".kept"))

            def put_back() -> None:
                village.database.close()
                for side in ("-wal", "-shm"):
                    Path(f"{file}{side}").unlink(missing_ok=True)
                shutil.copy(kept, file)
        else:
            name = make_url(village.database.url).database
            assert name is not None
            older = stack.enter_context(PostgresDatabase(name))

            def put_back() -> None:
                monkeypatch.setenv(DATABASE_VARIABLE, older)

        yield put_back


def test_an_older_state_is_refused_at_the_start_and_the_sentence_names_the_command(
    village: Village, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(village, 3)
    with kept_state(village, monkeypatch) as put_back:
        append(village, 4)
        Caretaker(village).step()
        put_back()
        with pytest.raises(EnvironmentFault) as refusal:
            open_village(village.directory, clock)
        assert refusal.value.code == "log_behind"
        assert refusal.value.values == (8, 4)
        assert "kiosk note-restore" in refusal.value.sentence(village.catalogue, "en")
        with open_village(village.directory, clock, to_examine=True).closing() as examined:
            assert [f.code for f in verify_village(examined).findings] == ["log_behind"]
            assert not next(each for each in examine(examined) if each.code == "log").well


def test_another_log_of_the_same_length_is_refused_too(
    village: Village, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept_state(village, monkeypatch) as put_back:
        append(village, 5)
        last_head.remember(village)
        put_back()
        with open_village(village.directory, clock, to_examine=True).closing() as other:
            append(other, 9)
            with pytest.raises(EnvironmentFault, match="log_behind"):
                last_head.remember(other)  # nor does it forget what it knew
            with pytest.raises(EnvironmentFault, match="log_behind"):
                open_village(village.directory, clock)


def wal_of_a_sister(village: Village, clock: SettableClock, folder: Path, count: int) -> Path:
    """The journal of a copy of this database on which somebody worked, as a crash leaves it."""
    shutil.copytree(village.directory.root, folder / "sister")
    journal = folder / "wal"
    with open_village(DataDirectory(folder / "sister"), clock).closing() as sister:
        append(sister, count)
        shutil.copy(f"{sister.directory.database}-wal", journal)
    return journal


@pytest.mark.parametrize(("ours", "sisters"), [(3, 2), (3, 3), (3, 40), (40, 3)])
def test_the_journal_of_a_sister_copy_is_refused_at_the_start(
    sqlite_village: Village, clock: SettableClock, tmp_path: Path, ours: int, sisters: int
) -> None:
    """SQLite takes any whole journal beside a database for its own: where the log stood tells."""
    village = sqlite_village
    village.database.close()
    journal = wal_of_a_sister(village, clock, tmp_path, sisters)
    with open_village(village.directory, clock).closing() as ours_again:
        append(ours_again, ours)
        last_head.remember(ours_again)
    shutil.copy(journal, f"{village.directory.database}-wal")
    with pytest.raises(EnvironmentFault) as refusal:
        open_village(village.directory, clock)
    assert refusal.value.code == "log_behind"


def test_a_restore_that_was_noted_opens_and_lost_slips_are_told_so(
    village: Village, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(village, 3)
    early = slip(village)
    with kept_state(village, monkeypatch) as put_back:
        append(village, 4)
        late = slip(village)
        last_head.remember(village)
        put_back()
        with open_village(village.directory, clock, to_examine=True).closing() as examined:
            assert last_head.note_restore(examined) == 4
        with open_village(village.directory, clock).closing() as again:
            append(again, 9)
            last_head.remember(again)
            assert verify_village(again).consistent
            assert check_paper(again, early).verdict == "genuine"
            assert check_paper(again, late).verdict == "log_shorter"


def test_a_second_terminal_accepts_what_the_first_one_noted(
    village: Village, clock: SettableClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    append(village, 3)
    with kept_state(village, monkeypatch) as put_back:
        append(village, 4)
        last_head.remember(village)
        put_back()
        own = village.directory.keys / last_head.FILE
        others = shutil.copy(own, tmp_path / "the-other-terminals")
        with open_village(village.directory, clock, to_examine=True).closing() as examined:
            last_head.note_restore(examined)
        shutil.copy(others, own)
        open_village(village.directory, clock).database.close()


def test_a_log_that_goes_on_is_never_said_to_have_been_restored(village: Village) -> None:
    append(village, 2)
    for _ in range(2):
        with pytest.raises(ExpectedError, match="nothing_behind"):
            last_head.note_restore(village)
        last_head.remember(village)
    with village.read() as session:
        assert log.log_size(session) == 3


def test_a_restore_noted_long_ago_excuses_no_later_one(
    village: Village, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(village, 2)
    with writing(village) as work:
        log.append(work, log.RESTORED, {"from": 2, "noted_by": "keeper"})
    with kept_state(village, monkeypatch) as put_back:
        append(village, 4)
        last_head.remember(village)
        put_back()
        with pytest.raises(EnvironmentFault, match="log_behind"):
            open_village(village.directory, clock)


def test_a_terminal_that_knows_nothing_yet_or_a_spoilt_file_stops_nobody(
    sqlite_village: Village, clock: SettableClock
) -> None:
    append(sqlite_village, 2)
    sqlite_village.database.close()
    file = sqlite_village.directory.keys / last_head.FILE
    for spoilt in (b"", b"\xff\xfe", b"yangqiao\n-1\nx\n"):
        file.write_bytes(spoilt)
        open_village(sqlite_village.directory, clock).database.close()


def test_what_is_known_is_written_only_when_it_changed(sqlite_village: Village) -> None:
    last_head.remember(sqlite_village)
    file = sqlite_village.directory.keys / last_head.FILE
    before = file.stat().st_ino
    last_head.remember(sqlite_village)
    assert file.stat().st_ino == before
    append(sqlite_village, 1)
    last_head.remember(sqlite_village)
    assert file.read_text("utf-8").split("\n")[1] == "2"
