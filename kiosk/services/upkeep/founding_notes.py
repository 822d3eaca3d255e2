"""What those who found a village have said so far, and how far its beginning is.

One file in the village's folder, written whole. Before the village stands it holds what was typed,
so that neither a pause nor a power cut loses it; while the founding writes, that the keys and the
database there are its own and count for nothing; afterwards what is still to be done before the
village opens its doors. Then it goes, and with it every way back to the founding.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Final, Literal

from kiosk.core.errors import EnvironmentFault
from kiosk.core.paths import DataDirectory, sync_folder, write_whole
from kiosk.services.ledger import last_head

State = Literal["asking", "writing", "founded"]
FIELDS: Final = (
    "name_zh",
    "name_en",
    "origin",
    "terminal",
    "assembly",
    "place_zh",
    "place_en",
    "person_name",
    "person_born",
    "person_lane",
    "person_number",
)
"""What is typed, by the name of its field."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody as they were typed, read and found good."""

    name: str
    born: str
    lane: str
    number: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Notes:
    """What is known so far."""

    state: State = "asking"
    step: str = ""
    """The step that was in sight, by its name on the screen."""
    typed: dict[str, str] = field(default_factory=dict)
    """By the names in `FIELDS`."""
    roles: tuple[str, ...] = ()
    """The offices that are ticked for the person being typed."""
    places: tuple[str, ...] = ()
    sign_printer: str = "file"
    slip_printer: str = "file"
    slip_width_mm: int = 80
    ticked: tuple[str, ...] = ()
    unticked: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    key: str = ""
    """Of the village that was founded: its public key, by which it is known again."""
    done: tuple[str, ...] = ()
    """Of what is left after the founding: what was done, or put off."""


def read(directory: DataDirectory) -> Notes:
    """What stands there; nothing where there is no file, or a hand has spoilt it."""
    try:
        told = json.loads(directory.founding.read_text("utf-8"))
        return _notes(told)
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return Notes()


def write(directory: DataDirectory, notes: Notes) -> None:
    """Keep them: on disk when this returns.

    Raises:
        EnvironmentFault: ``no_permission``.
    """
    try:
        directory.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(directory.founding, json.dumps(asdict(notes), ensure_ascii=False).encode())
    except OSError as trouble:
        raise EnvironmentFault("no_permission", directory.root) from trouble


def keep(directory: DataDirectory, notes: Notes) -> None:
    """Keep what is being typed, unless the village stands already.

    Raises:
        EnvironmentFault: ``no_permission``.
    """
    if not directory.settings.exists():
        write(directory, replace(notes, state=read(directory).state))


def change(directory: DataDirectory, make: Callable[[Notes], Notes]) -> Notes:
    """Read, change and keep them."""
    made = make(read(directory))
    write(directory, made)
    return made


def forget(directory: DataDirectory) -> None:
    """Nothing of it stays."""
    if directory.founding.exists():
        directory.founding.unlink()
        sync_folder(directory.root)


def begin_writing(directory: DataDirectory) -> None:
    """Say that what is made from here on is a founding's, and counts for nothing until it is whole.

    Raises:
        EnvironmentFault: ``village_exists``; ``keys_exist`` where keys or a database lie that no
            founding of this kind has made: those are somebody's.
    """
    if directory.settings.exists():
        raise EnvironmentFault("village_exists", directory.root)
    sweep(directory)
    if directory.keys.exists() or directory.database.exists():
        raise EnvironmentFault("keys_exist", directory.keys)
    change(directory, lambda notes: replace(notes, state="writing"))


def sweep(directory: DataDirectory) -> bool:
    """Take away what a founding left that was cut short; whether there was one."""
    if directory.settings.exists() or read(directory).state != "writing":
        return False
    for folder in (directory.keys, directory.spool):
        shutil.rmtree(folder, ignore_errors=True)
    database = directory.database
    for end in ("", "-wal", "-shm", "-journal"):
        database.with_name(f"{database.name}{end}").unlink(missing_ok=True)
    (directory.root / last_head.FILE).unlink(missing_ok=True)
    change(directory, lambda notes: replace(notes, state="asking"))
    return True


def _notes(told: dict[str, Any]) -> Notes:
    known = {each.name for each in fields(Notes)}
    plain = {name: _plain(value) for name, value in told.items() if name in known}
    people = tuple(
        Person(**{**each, "roles": tuple(each["roles"])}) for each in told.get("people", ())
    )
    typed = {name: str(value) for name, value in told.get("typed", {}).items() if name in FIELDS}
    return replace(Notes(**plain), people=people, typed=typed)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
