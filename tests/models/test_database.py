"""Every connection has the settings that durability rests on, and trouble gets its own name."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.core.errors import EnvironmentFault
from kiosk.models.base import Moment
from kiosk.models.database import PRAGMAS, Database, sqlite_url
from kiosk.models.register import Household
from kiosk.services.village import Village


@pytest.mark.parametrize(("name", "value"), PRAGMAS.items())
def test_every_connection_answers_with_the_pragma_it_must_have(
    sqlite_village: Village, name: str, value: str
) -> None:
    for door in (sqlite_village.read, sqlite_village.write):
        with door() as session:
            assert str(session.execute(text(f"PRAGMA {name}")).scalar_one()) == value


def test_the_library_is_free_of_the_wal_reset_bug() -> None:
    import pysqlite3

    assert pysqlite3.sqlite_version_info >= (3, 51, 3)


def test_a_pragma_that_does_not_take_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PRAGMAS, "synchronous", "9")
    database = Database(sqlite_url(tmp_path / "x"))
    with pytest.raises(EnvironmentFault, match="database_setting"), database.read() as session:
        session.execute(text("SELECT 1"))


def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    file = tmp_path / "village.sqlite3"
    file.write_bytes(b"this is a letter, not a database" * 200)
    database = Database(sqlite_url(file))
    with pytest.raises(EnvironmentFault, match="database_damaged"), database.read() as session:
        session.execute(text("SELECT * FROM household"))
    assert file.read_bytes().startswith(b"this is a letter")


def test_a_torn_database_is_called_damaged(sqlite_village: Village) -> None:
    with sqlite_village.write() as session:
        session.add(Household(code="x", lane="东街", number="1"))
    sqlite_village.database.close()
    file = sqlite_village.directory.database
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))
    database = Database(sqlite_url(file))
    with pytest.raises(EnvironmentFault, match="database_damaged"), database.read() as session:
        session.execute(text("SELECT * FROM household"))


def test_a_database_that_another_program_holds_is_called_locked(
    sqlite_village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PRAGMAS, "busy_timeout", "50")
    other = Database(sqlite_village.database.url)
    with sqlite_village.write() as first:
        first.execute(text("SELECT 1"))
        with pytest.raises(EnvironmentFault, match="database_locked"), other.write() as second:
            second.execute(text("SELECT 1"))
    other.close()


def test_a_folder_without_permission_is_called_so(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "no" / "such" / "village.sqlite3"))
    with pytest.raises(EnvironmentFault, match="database_read_only"), database.read() as session:
        session.execute(text("SELECT 1"))


def test_a_moment_without_a_timezone_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone"):
        Moment().process_bind_param(datetime(2026, 1, 1), None)  # type: ignore[arg-type]  # noqa: DTZ001


def test_what_a_failed_block_wrote_is_gone(village: Village) -> None:
    def write_and_fail() -> None:
        with village.write() as session:
            session.add(Household(code="x", lane="东街", number="1"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    with village.read() as session:
        assert session.query(Household).count() == 0
