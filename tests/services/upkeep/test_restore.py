"""A village comes back from a backup; what was lost is said, and nobody is called a forger."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.core.texts import Texts
from kiosk.models.ledger import Checkpoint
from kiosk.services.audit.log import verify_log
from kiosk.services.check.papers import check_paper
from kiosk.services.ledger import log
from kiosk.services.signing.signed_note import CheckpointText, parse_note
from kiosk.services.upkeep.backup import back_up
from kiosk.services.upkeep.opening import found_village, open_village
from kiosk.services.upkeep.restore import replace_key, restore
from kiosk.services.village import Village
from kiosk.services.work import writing


def append(village: Village, count: int) -> None:
    with writing(village) as work:
        for number in range(count):
            log.append(work, "clock_confirmed", {"number": number})


def slip(village: Village, reference: str) -> str:
    with village.read() as session:
        last = log.head(session).size - 1
    with writing(village) as work:
        return log.sign(work, last, (f"ref {reference}",))


def test_an_older_backup_makes_newer_slips_evidence_of_loss_not_of_forgery(
    sqlite_village: Village, clock: SettableClock
) -> None:
    append(sqlite_village, 4)
    before = slip(sqlite_village, "2026-0001")
    made = back_up(sqlite_village)
    append(sqlite_village, 4)
    after = slip(sqlite_village, "2026-0002")
    sqlite_village.database.close()
    done = restore(sqlite_village.directory, made.file, sqlite_village.keys.backup, clock)
    assert (done.entries, done.lost, done.new_keys) == (5, 4, False)
    assert done.kept_aside is not None
    assert (done.kept_aside / "village.sqlite3").exists()
    with open_village(sqlite_village.directory, clock).closing() as village:
        assert verify_log(village).consistent
        assert check_paper(village, before).verdict == "genuine"
        assert check_paper(village, after).verdict == "log_shorter"
        append(village, 20)
        assert check_paper(village, after).verdict == "log_shorter"
        assert check_paper(village, slip(village, "2026-0003")).verdict == "genuine"


def test_a_lost_machine_is_replaced_from_a_stick_and_a_sheet_of_paper(
    sqlite_village: Village, clock: SettableClock, tmp_path: Path
) -> None:
    append(sqlite_village, 4)
    old_slip = slip(sqlite_village, "2026-0001")
    made = back_up(sqlite_village, tmp_path / "stick")
    sqlite_village.database.close()
    new = DataDirectory(tmp_path / "new machine")
    done = restore(new, made.file, sqlite_village.keys.backup, clock)
    assert done.new_keys
    with open_village(new, clock).closing() as village:
        assert village.settings == sqlite_village.settings
        assert village.keys.verifier != sqlite_village.keys.verifier
        assert village.keys.backup == sqlite_village.keys.backup
        assert check_paper(village, old_slip).verdict == "genuine"
        assert check_paper(village, slip(village, "2026-0002")).verdict == "genuine"
        assert verify_log(village).consistent
        back_up(village)


def test_a_wrong_recovery_key_changes_nothing(
    sqlite_village: Village, clock: SettableClock
) -> None:
    append(sqlite_village, 1)
    made = back_up(sqlite_village)
    append(sqlite_village, 2)
    with pytest.raises(ExpectedError, match="backup_unreadable"):
        restore(sqlite_village.directory, made.file, bytes(32), clock)
    with sqlite_village.read() as session:
        assert log.head(session).size == 4


def test_another_villages_backup_is_refused(
    sqlite_village: Village, clock: SettableClock, tmp_path: Path
) -> None:
    append(sqlite_village, 1)
    settings = Settings(Texts({"zh": "新村", "en": "Xin"}), "xin.example/good-deed-book")
    with found_village(DataDirectory(tmp_path / "xin"), settings, clock).closing() as other:
        made, key = back_up(other), other.keys.backup
    with pytest.raises(ExpectedError, match="backup_other_village"):
        restore(sqlite_village.directory, made.file, key, clock)
    with sqlite_village.read() as session:
        assert log.head(session).size == 2


def test_a_damaged_database_is_kept_aside_and_replaced(
    sqlite_village: Village, clock: SettableClock
) -> None:
    append(sqlite_village, 2)
    made = back_up(sqlite_village)
    sqlite_village.database.close()
    sqlite_village.directory.database.write_bytes(b"nothing of a database" * 999)
    done = restore(sqlite_village.directory, made.file, sqlite_village.keys.backup, clock)
    assert done.kept_aside is not None
    with open_village(sqlite_village.directory, clock).closing() as village:
        assert verify_log(village).entries == 4


def test_a_restore_can_be_repeated(sqlite_village: Village, clock: SettableClock) -> None:
    append(sqlite_village, 2)
    made = back_up(sqlite_village)
    sqlite_village.database.close()
    for _ in range(2):
        clock.advance(minutes=1)
        restore(sqlite_village.directory, made.file, sqlite_village.keys.backup, clock)
    with open_village(sqlite_village.directory, clock).closing() as village:
        assert verify_log(village).consistent


def test_a_restore_excuses_the_slips_that_it_lost_and_no_longer_log(
    sqlite_village: Village, clock: SettableClock
) -> None:
    """Who rewrites the log after a restore is not told as "the machine lost entries"."""
    append(sqlite_village, 2)
    made = back_up(sqlite_village)
    append(sqlite_village, 9)
    lost = slip(sqlite_village, "2026-0001")
    sqlite_village.database.close()
    for _ in range(2):  # the second puts back a log that does not know of the first
        clock.advance(minutes=1)
        restore(sqlite_village.directory, made.file, sqlite_village.keys.backup, clock)
    with open_village(sqlite_village.directory, clock).closing() as village:
        append(village, 30)
        assert check_paper(village, lost).verdict == "log_shorter"
        with village.read() as session:
            assert log.was_restored_below(session, 12)
            assert not log.was_restored_below(session, 13)


def test_a_replaced_key_leaves_old_papers_genuine(sqlite_village: Village) -> None:
    append(sqlite_village, 2)
    old = slip(sqlite_village, "2026-0001")
    changed = replace_key(sqlite_village)
    new = slip(changed, "2026-0002")
    assert changed.keys.verifier != sqlite_village.keys.verifier
    assert [check_paper(changed, paper).verdict for paper in (old, new)] == ["genuine", "genuine"]
    assert verify_log(changed).consistent
    assert check_paper(sqlite_village, new).verdict == "not_ours"


@pytest.mark.long
def test_a_rewritten_log_is_still_found_after_a_key_was_replaced(
    sqlite_village: Village, clock: SettableClock, tmp_path: Path
) -> None:
    append(sqlite_village, 2)
    paper = slip(sqlite_village, "2026-0001")
    other = DataDirectory(tmp_path / "rewritten")
    with found_village(other, sqlite_village.settings, clock).closing() as made:
        append(made, 6)
    shutil.rmtree(other.keys)
    shutil.copytree(sqlite_village.directory.keys, other.keys)
    with open_village(other, clock, to_examine=True).closing() as rewritten:
        replace_key(rewritten)
        assert check_paper(rewritten, paper).verdict == "log_rewritten"


def stolen(village: Village, size: int, root: bytes) -> str:
    """What whoever copied the signing key signs without the kiosk."""
    lines = ("ref stolen",)
    return village.keys.sign(CheckpointText(village.settings.origin, size, root, lines).text())


def test_a_stolen_key_signs_nothing_after_it_was_replaced(sqlite_village: Village) -> None:
    append(sqlite_village, 2)
    before = slip(sqlite_village, "2026-0001")
    assert check_paper(sqlite_village, before).verdict == "genuine"
    changed = replace_key(sqlite_village)
    append(changed, 2)
    with changed.read() as session:
        assert log.key_ends(session) == {sqlite_village.keys.verifier.text(): 3}
        roots = [log.root_at(session, size) for size in range(7)]
    verdicts = [
        check_paper(changed, stolen(sqlite_village, size, roots[size])).verdict for size in range(7)
    ]
    assert verdicts == ["genuine"] * 4 + ["key_ended"] * 3
    for size, root in ((5, bytes(32)), (9, roots[6])):
        found = check_paper(changed, stolen(sqlite_village, size, root))
        assert (found.verdict, found.facts) == ("key_ended", None)
    assert check_paper(changed, before).verdict == "genuine"
    assert check_paper(changed, slip(changed, "2026-0002")).verdict == "genuine"


def test_a_kept_paper_of_a_key_that_had_ended_is_found(sqlite_village: Village) -> None:
    append(sqlite_village, 2)
    slip(sqlite_village, "2026-0001")
    changed = replace_key(sqlite_village)
    with writing(changed) as work:
        now = log.head(work.session)
        note = stolen(sqlite_village, now.size, now.root)
        signature = parse_note(note).signatures[0].encoded
        work.session.add(
            Checkpoint(
                at=work.now, tree_size=now.size, reference="x", signature=signature, note=note
            )
        )
    assert [each.code for each in verify_log(changed).findings] == ["paper_key_ended"]


def test_a_terminal_whose_key_was_replaced_elsewhere_signs_no_more(
    sqlite_village: Village,
) -> None:
    append(sqlite_village, 2)
    replace_key(sqlite_village)
    with pytest.raises(EnvironmentFault, match="keys_other"):
        slip(sqlite_village, "2026-0001")


def test_an_honest_paper_that_a_restore_lost_is_no_stolen_one_after_the_key_was_replaced(
    sqlite_village: Village, clock: SettableClock
) -> None:
    append(sqlite_village, 2)
    made = back_up(sqlite_village)
    append(sqlite_village, 9)
    lost = slip(sqlite_village, "2026-0001")
    sqlite_village.database.close()
    restore(sqlite_village.directory, made.file, sqlite_village.keys.backup, clock)
    with open_village(sqlite_village.directory, clock).closing() as village:
        changed = replace_key(village)
        append(changed, 20)
        assert check_paper(changed, lost).verdict == "log_shorter"
        with changed.read() as session:
            root = log.root_at(session, 12)
        assert check_paper(changed, stolen(village, 12, root)).verdict == "key_ended"
        assert check_paper(changed, stolen(village, 13, root)).verdict == "key_ended"


def test_a_restore_that_lost_the_end_of_a_key_ends_it_again(
    sqlite_village: Village, clock: SettableClock
) -> None:
    append(sqlite_village, 2)
    before = slip(sqlite_village, "2026-0001")
    made = back_up(sqlite_village)
    changed = replace_key(sqlite_village)
    append(changed, 2)
    changed.database.close()
    restore(changed.directory, made.file, changed.keys.backup, clock)
    with open_village(changed.directory, clock).closing() as village:
        append(village, 9)
        with village.read() as session:
            assert log.key_ends(session) == {sqlite_village.keys.verifier.text(): 4}
            head = log.head(session)
        paper = stolen(sqlite_village, head.size, head.root)
        assert check_paper(village, paper).verdict == "key_ended"
        assert check_paper(village, before).verdict == "genuine"
        assert check_paper(village, slip(village, "2026-0002")).verdict == "genuine"
        assert verify_log(village).consistent
