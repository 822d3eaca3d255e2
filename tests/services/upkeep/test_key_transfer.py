"""Keys go from terminal to terminal sealed; a terminal without the right ones says so."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.services.check.papers import check_paper
from kiosk.services.ledger import log
from kiosk.services.signing.keys import PEPPER, SIGNING_KEY, make_keys, read_keys
from kiosk.services.signing.sealed_file import seal, unseal
from kiosk.services.upkeep.key_transfer import export_keys, import_keys
from kiosk.services.upkeep.opening import open_village
from kiosk.services.upkeep.restore import replace_key
from kiosk.services.village import Village
from kiosk.services.work import writing


def slip(village: Village) -> str:
    with writing(village) as work:
        index = log.append(work, "clock_confirmed", {})
    with writing(village) as work:
        return log.sign_checkpoint(work, "2026-0001", index, ("receipt 2026-0001",))


@pytest.fixture
def second(village: Village, tmp_path: Path) -> DataDirectory:
    """Another terminal, of which nothing is made yet; on SQLite it has the same file."""
    directory = DataDirectory(tmp_path / "second")
    directory.root.mkdir()
    return directory


def share_database(village: Village, second: DataDirectory) -> None:
    if village.database.is_sqlite:
        village.database.close()
        shutil.copy(village.directory.database, second.database)


def test_keys_and_settings_reach_a_second_terminal_whose_papers_are_the_villages(
    village: Village, second: DataDirectory, tmp_path: Path, clock: SettableClock
) -> None:
    note = slip(village)
    file = tmp_path / "keys.sealed"
    export_keys(village, file)
    raw = file.read_bytes()
    secrets = [(village.directory.keys / name).read_bytes() for name in (SIGNING_KEY, PEPPER)]
    assert not any(each in raw or each.hex().encode() in raw for each in secrets)
    done = import_keys(second, file, village.keys.backup)
    assert (done.origin, done.with_settings) == (village.settings.origin, True)
    share_database(village, second)
    with open_village(second, clock).closing() as there:
        assert there.keys == village.keys or there.keys.pepper == village.keys.pepper
        assert check_paper(there, note).verdict == "genuine"
        assert check_paper(village, slip(village)).verdict == "genuine"
    assert {each.stat().st_mode & 0o077 for each in second.keys.iterdir()} == {0}


def test_another_recovery_key_or_file_opens_nothing(
    village: Village, second: DataDirectory, tmp_path: Path
) -> None:
    file = tmp_path / "keys.sealed"
    export_keys(village, file)
    cut = tmp_path / "cut"
    cut.write_bytes(file.read_bytes()[:-1])
    for wrong, key in ((file, bytes(32)), (cut, village.keys.backup)):
        with pytest.raises(ExpectedError, match="keys_unreadable"):
            import_keys(second, wrong, key)
    assert not second.keys.exists()


@pytest.mark.parametrize(
    "told",
    [
        b"[]",
        b"5",
        b"null",
        b"[" * 100_000,
        b'{"format": "village-kiosk/keys/1"}',
        b"\xff",
        {"settings": 5},
        {"settings": "name = 5"},
        {"settings": "a = " + "[" * 50_000},
        {"settings": 'name = {zh = "a", en = "b"}'},
        {"signing": 5},
        {"signing": "00" * 32},
        {"pepper": None},
        {"pepper": "00"},
        {"verifiers": 5},
        {"verifiers": []},
        {"verifiers": {"a": 1}},
        {"verifiers": "abc"},
        {"verifiers": [5]},
    ],
    ids=lambda told: str(told)[:40],
)
def test_something_else_that_is_sealed_with_the_right_key_opens_nothing(
    village: Village, second: DataDirectory, tmp_path: Path, told: bytes | dict[str, object]
) -> None:
    file, key = tmp_path / "keys.sealed", village.keys.backup
    export_keys(village, file)
    if isinstance(told, dict):
        with file.open("rb") as sealed:
            whole = json.loads(b"".join(unseal(sealed, key)))
        told = json.dumps(whole | told).encode()
    with file.open("wb") as sealed:
        seal(io.BytesIO(told), sealed, key)
    with pytest.raises(ExpectedError, match="keys_unreadable"):
        import_keys(second, file, key)
    assert not second.keys.exists()


def test_a_terminal_without_a_key_refuses_with_a_sentence(
    village: Village, clock: SettableClock
) -> None:
    (village.directory.keys / SIGNING_KEY).unlink()
    with pytest.raises(EnvironmentFault, match="keys_missing"):
        open_village(village.directory, clock)


def test_a_terminal_with_another_villages_key_refuses_with_a_sentence(
    village: Village, clock: SettableClock
) -> None:
    slip(village)
    shutil.rmtree(village.directory.keys)
    make_keys(village.directory.keys, village.settings.origin)
    with pytest.raises(EnvironmentFault) as refusal:
        open_village(village.directory, clock)
    assert refusal.value.code == "keys_other"
    assert "kiosk export-keys" in refusal.value.sentence(village.catalogue, "en")
    open_village(village.directory, clock, to_examine=True).database.close()


def test_a_terminal_that_missed_a_replaced_key_refuses_until_it_has_it(
    village: Village, second: DataDirectory, tmp_path: Path, clock: SettableClock
) -> None:
    file = tmp_path / "keys.sealed"
    export_keys(village, file)
    import_keys(second, file, village.keys.backup)
    changed = replace_key(village)  # no paper was signed with it yet
    share_database(village, second)
    with pytest.raises(EnvironmentFault, match="keys_other"):
        open_village(second, clock)
    export_keys(changed, file)
    import_keys(second, file, village.keys.backup)
    with open_village(second, clock).closing() as there:
        assert there.keys.verifier == changed.keys.verifier
        assert village.keys.verifier in there.keys.verifiers


def test_a_key_that_was_replaced_just_before_the_power_went_still_opens(
    village: Village, clock: SettableClock
) -> None:
    from kiosk.services.signing.keys import replace_signing_key

    slip(village)
    replace_signing_key(village.directory.keys, village.keys)  # and the entry was never written
    open_village(village.directory, clock).database.close()


def test_keys_of_another_village_are_never_overwritten(
    village: Village, second: DataDirectory, tmp_path: Path
) -> None:
    file = tmp_path / "keys.sealed"
    export_keys(village, file)
    make_keys(second.keys, village.settings.origin)
    before = read_keys(second.keys, village.settings.origin).verifier
    with pytest.raises(EnvironmentFault, match="keys_exist"):
        import_keys(second, file, village.keys.backup)
    assert read_keys(second.keys, village.settings.origin).verifier == before
