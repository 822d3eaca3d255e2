"""Fixtures: a real village in a directory of its own, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from kiosk.core.clock import SettableClock
from kiosk.core.settings import Settings
from kiosk.services.access import pins
from kiosk.services.upkeep.opening import DATABASE_VARIABLE
from kiosk.services.village import Village
from tests.worlds.kept import founded, schema_on_server
from tests.worlds.names import YANGQIAO
from tests.worlds.server import postgres

# How long an example takes says how busy the machine is.
settings.register_profile("kiosk", deadline=None)
settings.load_profile("kiosk")

SETTINGS = Settings(
    YANGQIAO,
    "yangqiao.example/good-deed-book",
    places=("docks_south", "docks_north"),
)


@pytest.fixture(autouse=True)
def _cheap_hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same argon2id at a small cost; what is shipped is asserted with the access room."""
    if "benchmarks" not in request.path.parts:
        monkeypatch.setattr(pins, "SHIPPED", pins.Cost(memory_kib=64, passes=1))


@pytest.fixture
def clock() -> SettableClock:
    """A clock that stands at 2026-11-23 09:00 in the village until a test moves it."""
    return SettableClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def each_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Whoever founds a village has an empty database of each kind for it."""
    if request.param == "sqlite":
        monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
        yield "sqlite"
        return
    if not postgres():
        pytest.skip("KIOSK_TEST_POSTGRES names no server; ./kiosk.sh test starts one")
    with schema_on_server().when_wanted() as url:
        monkeypatch.setenv(DATABASE_VARIABLE, url)
        yield "postgresql"


@pytest.fixture
def village(each_database: str, tmp_path: Path, clock: SettableClock) -> Iterator[Village]:
    """An empty village on a real database of each kind."""
    assert each_database
    with _founded(tmp_path, clock) as village:
        yield village


@pytest.fixture
def sqlite_village(
    tmp_path: Path, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Village]:
    """An empty village on a SQLite file, for what exists on SQLite alone."""
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    with _founded(tmp_path, clock) as village:
        yield village


def _founded(folder: Path, clock: SettableClock):  # type: ignore[no-untyped-def]
    # Not what happens to be plugged into the machine that runs the tests.
    settings = replace(SETTINGS, drives=str(folder / "drives"))
    return founded(folder / "village", settings, clock).closing()
