"""Founding and opening a village."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from kiosk.core.clock import SettableClock
from kiosk.core.errors import EnvironmentFault
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.services.signing.keys import keep_earlier
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, found_village, open_village
from kiosk.services.village import Village
from tests.worlds.names import YANGQIAO

SETTINGS = Settings(YANGQIAO, "yangqiao.example/good-deed-book")


@pytest.fixture
def sqlite_village(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Village]:
    """Founded for each of these tests, since they are about founding."""
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    directory = DataDirectory(tmp_path / "village")
    with found_village(directory, SETTINGS, SettableClock()).closing() as village:
        yield village


def test_a_founded_village_opens_again_with_the_same_keys(sqlite_village: Village) -> None:
    with open_village(sqlite_village.directory, SettableClock()).closing() as again:
        assert again.settings == sqlite_village.settings
        assert again.keys.verifier == sqlite_village.keys.verifier
        assert again.keys.pepper == sqlite_village.keys.pepper


def test_keys_and_database_are_apart_and_the_keys_are_ours_alone(sqlite_village: Village) -> None:
    keys = list(sqlite_village.directory.keys.iterdir())
    assert len(keys) == 4
    assert {stat.S_IMODE(file.stat().st_mode) for file in keys} == {0o600}
    assert stat.S_IMODE(sqlite_village.directory.keys.stat().st_mode) == 0o700
    assert sqlite_village.directory.database.parent not in {file.parent for file in keys}


def test_a_village_is_never_founded_over_another(sqlite_village: Village) -> None:
    before = sqlite_village.keys.verifier
    with pytest.raises(EnvironmentFault, match="village_exists"):
        found_village(sqlite_village.directory, SETTINGS, SettableClock())
    with open_village(sqlite_village.directory, SettableClock()).closing() as again:
        assert again.keys.verifier == before


def test_where_nothing_can_be_written_the_sentence_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(EnvironmentFault, match="no_permission"):
        found_village(DataDirectory(tmp_path / "file" / "village"), SETTINGS, SettableClock())


def test_a_key_that_others_can_read_is_refused(sqlite_village: Village) -> None:
    (sqlite_village.directory.keys / "signing.key").chmod(0o644)
    with pytest.raises(EnvironmentFault, match="keys_open"):
        open_village(sqlite_village.directory, SettableClock())


@pytest.mark.parametrize(("name", "mode"), [("", 0o777), ("", 0o720), ("earlier-keys.txt", 0o666)])
def test_keys_that_others_can_replace_are_refused(
    sqlite_village: Village, name: str, mode: int
) -> None:
    keep_earlier(sqlite_village.directory.keys, [sqlite_village.keys.verifier])
    (sqlite_village.directory.keys / name).chmod(mode)
    with pytest.raises(EnvironmentFault, match="keys_open"):
        open_village(sqlite_village.directory, SettableClock())


@pytest.mark.parametrize("version", ["0001", "0002", "0007", None])
def test_a_database_that_says_another_version_than_its_tables_have_is_refused_with_a_sentence(
    sqlite_village: Village, version: str | None
) -> None:
    with sqlite_village.write() as session:
        session.execute(text("DELETE FROM alembic_version"))
        if version is not None:
            session.execute(text("INSERT INTO alembic_version VALUES (:it)"), {"it": version})
    with sqlite_village.read() as session:
        before = schema(session)
    with pytest.raises(EnvironmentFault, match="database_damaged"):
        open_village(sqlite_village.directory, SettableClock())
    with sqlite_village.read() as session:
        assert schema(session) == before


def schema(session: Session) -> list[str]:
    return list(session.scalars(text("SELECT coalesce(sql, name) FROM sqlite_master ORDER BY 1")))


def test_a_lost_key_is_named(sqlite_village: Village) -> None:
    (sqlite_village.directory.keys / "pepper.key").unlink()
    with pytest.raises(EnvironmentFault, match="keys_missing"):
        open_village(sqlite_village.directory, SettableClock())


def test_a_lost_database_is_not_replaced_by_an_empty_one(sqlite_village: Village) -> None:
    sqlite_village.database.close()
    sqlite_village.directory.database.unlink()
    with pytest.raises(EnvironmentFault, match="database_missing"):
        open_village(sqlite_village.directory, SettableClock())
    assert not sqlite_village.directory.database.exists()


def test_a_key_never_shows_itself_in_a_message(sqlite_village: Village) -> None:
    assert sqlite_village.keys.pepper.hex() not in repr(sqlite_village)
    assert repr(sqlite_village.keys.pepper) not in repr(sqlite_village)
