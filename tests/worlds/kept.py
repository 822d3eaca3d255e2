"""Worlds that are made once a run and copied for every test that wants one.

`./kiosk.sh test` names a folder in KIOSK_TEST_WORLDS that all its processes share, and deletes it
at the end. Without it, as when pytest is started by hand, a process keeps its worlds for itself.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import pytest

from kiosk.core.catalogue import catalogue
from kiosk.core.clock import Clock, SettableClock
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings, write_settings
from kiosk.models import migrations
from kiosk.models.database import Database, sqlite_url
from kiosk.services.ledger import founding, last_head
from kiosk.services.signing.keys import read_keys
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, database_url, found_village
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.worlds import server
from tests.worlds.server import PostgresDatabase
from tests.worlds.statements import remembering

FOLDER = "KIOSK_TEST_WORLDS"
_VILLAGE, _STATE = "village", "state"

W = TypeVar("W")


def kept(name: str, make: Callable[[Path], object]) -> Path:
    """The folder in which `make` left the world `name`, made by whoever asks first."""
    place = shared_folder() / name
    with place.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            draft = place.with_name(f"{name}.making")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            make(draft)
            draft.rename(place)
    return place


def schema_on_server() -> PostgresDatabase:
    """A database with the schema in it: to copy one is quicker than to migrate anew."""

    def make(draft: Path) -> None:
        database = Database(server.left_in(draft, "template1"))
        migrations.upgrade(database)
        database.close()

    return PostgresDatabase(server.name_in(kept("schema-on-server", make)))


def founded(folder: Path, settings: Settings, clock: Clock) -> Village:
    """A village in `folder` as `found_village` leaves it, copied from one that it founded.

    With KIOSK_DATABASE_URL the database is the one named there, which has the schema in it.
    """

    def found(draft: Path) -> None:
        with pytest.MonkeyPatch.context() as environment:
            environment.delenv(DATABASE_VARIABLE, raising=False)
            found_village(DataDirectory(draft / _VILLAGE), settings, clock).database.close()

    template = kept(f"founded-{settings.name['en']}", found)
    shutil.copytree(template / _VILLAGE, folder)
    directory = DataDirectory(folder)
    write_settings(directory.settings, settings)
    database = remembering(Database(database_url(directory)))
    keys = read_keys(directory.keys, settings.origin)
    village = Village(
        directory=directory,
        settings=settings,
        clock=clock,
        database=database,
        keys=keys,
        catalogue=catalogue(),
    )
    if not database.is_sqlite:
        directory.database.unlink()
        if _copied(village, template.name, _found) is None:
            _found(village, folder)
    return village


def _found(home: Village, _folder: Path) -> None:
    with writing(home) as work:
        founding.found(work)
    last_head.begin(home)


def grown(world: W, build: Callable[[W], object]) -> W:
    """`world` after `build(world)`, copied from where that was done before.

    `world` is a dataclass with a `village` and its `clock`; its other fields are what `build` may
    change. `build` does the same for every test of a run, so it is told by its name, and the world
    before it by the time on its clock and by its database.
    """
    village: Village = world.village  # type: ignore[attr-defined]
    clock: SettableClock = world.clock  # type: ignore[attr-defined]

    def grow(home: Village, draft: Path) -> None:
        then = SettableClock(clock.moment)
        first: Any = replace(world, village=replace(home, clock=then), clock=then)  # type: ignore[type-var]
        build(first)
        state = {each.name: getattr(first, each.name) for each in fields(first)}
        state |= {"village": None, "clock": then.moment}
        (draft / _STATE).write_bytes(pickle.dumps(state))

    name = f"{build.__module__}.{build.__qualname__}-{clock.moment:%Y%m%dT%H%M%S}"
    template = _copied(village, name, grow)
    if template is None:
        build(world)
        return world
    state = pickle.loads((template / _STATE).read_bytes())
    clock.moment = state["clock"]
    return replace(world, **state | {"village": village, "clock": clock})  # type: ignore[type-var]


def _copied(village: Village, name: str, grow: Callable[[Village, Path], object]) -> Path | None:
    """Make `village` what `grow` once made of its like; the folder in which that left its state.

    None, and nothing done, where somebody looked already into a database on a server.
    """
    on_server = not village.database.is_sqlite
    beginning = server.beginning(village.database) if on_server else ""
    if on_server and not beginning:
        return None

    def make(draft: Path) -> None:
        directory = DataDirectory(draft / _VILLAGE)
        shutil.copytree(village.directory.root, directory.root)
        file = sqlite_url(directory.database)
        database = Database(server.left_in(draft, beginning) if on_server else file)
        grow(replace(village, directory=directory, database=database), draft)
        database.close()

    village.database.close()
    before = beginning.encode() if on_server else village.directory.database.read_bytes()
    template = kept(f"{name}-{sha256(before).hexdigest()[:16]}", make)
    settings = village.directory.settings.name
    shutil.copytree(
        template / _VILLAGE,
        village.directory.root,
        ignore=shutil.ignore_patterns(settings),
        dirs_exist_ok=True,
    )
    if on_server:
        server.become(village.database, template)
    return template


@cache
def shared_folder() -> Path:
    """Where the worlds of this run are; whoever asks first without a run deletes it at its end."""
    if shared := os.environ.get(FOLDER):
        return Path(shared)
    own = Path(tempfile.mkdtemp(prefix="kiosk-worlds-"))
    atexit.register(shutil.rmtree, own, ignore_errors=True)
    return own
