"""Versions of Python, PySide6, SQLite and reportlab that are known to fail here.

One list, read at start-up (which refuses to run on a finding) and by the tests (which so hold the
locked dependencies to it).
"""

from __future__ import annotations

import platform
import re
import sys
from dataclasses import dataclass
from pathlib import Path

Version = tuple[int, ...]
JOURNAL_MODE = "wal"
"""The journal mode of every SQLite database here; it stands with the versions that suit it, since
they are held against it before anything of the database is imported."""

_BEGINNING: Version = (0,)
_END: Version = (10**6,)


@dataclass(frozen=True)
class KnownBad:
    """A range of versions of one part, from `since` up to but not including `before`."""

    code: str
    part: str
    since: Version
    before: Version
    reason: str
    python: Version = ()
    """Only with this Python, e.g. (3, 11)."""
    journal_mode: str = ""
    """Only in this SQLite journal mode."""


@dataclass(frozen=True)
class FaultyVersion:
    """A known-bad version that is in use."""

    code: str
    subject: str
    """Part and version as a person would look for them, e.g. ``SQLite 3.40.1``."""
    reason: str


KNOWN_BAD: tuple[KnownBad, ...] = (
    KnownBad(
        "python_too_old",
        "Python",
        _BEGINNING,
        (3, 11),
        "the program uses tomllib and datetime.UTC, which came with 3.11",
    ),
    KnownBad(
        "python_unlocked",
        "Python",
        (3, 14),
        _END,
        "the dependencies are locked and tested for 3.11 to 3.13 only",
    ),
    KnownBad(
        "pyside_drops_none",
        "PySide6",
        (6, 12, 0),
        (6, 12, 1),
        "it drops a reference to None on each of many calls, and Python 3.11, where None is not "
        "immortal (PEP 683), ends in none_dealloc",
        python=(3, 11),
    ),
    KnownBad(
        "sqlite_wal_reset",
        "SQLite",
        _BEGINNING,
        (3, 51, 3),
        "two connections that write and checkpoint at once can corrupt a database in WAL mode "
        "(the WAL-reset bug, sqlite.org/wal.html)",
        journal_mode="wal",
    ),
    KnownBad(
        "sqlite_withdrawn",
        "SQLite",
        (3, 52, 0),
        (3, 52, 1),
        "its makers withdrew this release over incompatible changes",
    ),
    KnownBad(
        "reportlab_runs_code",
        "reportlab",
        _BEGINNING,
        (3, 6, 13),
        "a colour in a document's markup can run code (CVE-2023-33733)",
    ),
)


def known_bad(
    python: str, pyside: str, sqlite: str, reportlab: str, journal_mode: str
) -> list[FaultyVersion]:
    """Every known-bad version among those given, in the order of the list; [] is good.

    Raises:
        ValueError: a version does not begin with a number.
    """
    given = {"Python": python, "PySide6": pyside, "SQLite": sqlite, "reportlab": reportlab}
    return [
        FaultyVersion(entry.code, f"{entry.part} {given[entry.part]}", entry.reason)
        for entry in KNOWN_BAD
        if entry.since <= _version(given[entry.part]) < entry.before
        and entry.python in ((), _version(python)[: len(entry.python)])
        and entry.journal_mode in ("", journal_mode.lower())
    ]


def faulty_versions(sqlite: str, journal_mode: str = JOURNAL_MODE) -> list[str]:
    """The parts in use that are known to be faulty, e.g. ``SQLite 3.40.1``; [] is good.

    `sqlite` is told by whoever has the library at hand, since this floor has none.
    """
    findings = known_bad(
        platform.python_version(),
        installed("PySide6_Essentials"),
        sqlite,
        installed("reportlab"),
        journal_mode,
    )
    return [finding.subject for finding in findings]


def installed(distribution: str) -> str:
    """The version of an installed distribution, ``0`` where it is absent.

    Told by the name of its folder, ``name-version.dist-info`` (packaging.python.org, Recording
    installed projects), as pip lays it down: importlib.metadata, which reads what is in it, takes
    15 ms to import, on the way to the first frame. Another's folder is left to it.
    """
    wanted = f"{distribution.lower()}-"
    for place in sys.path:
        for folder in Path(place or ".").glob("*.dist-info"):
            if folder.name.lower().startswith(wanted):
                return folder.stem[len(wanted) :]
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:
        return "0"


def _version(text: str) -> Version:
    """The release numbers at the start of `text`: ``3.11.2+`` is (3, 11, 2)."""
    release = re.match(r"\d+(\.\d+)*", text)
    if not release:
        raise ValueError(f"{text!r} does not begin with a version number")
    return tuple(int(number) for number in release[0].split("."))
