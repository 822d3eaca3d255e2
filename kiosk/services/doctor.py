"""What the keeper should know of the machine: versions, database, disk, fonts, keys, backups."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from kiosk.core.errors import EnvironmentFault
from kiosk.core.known_bad import known_bad
from kiosk.core.places import ASSETS
from kiosk.devices.speech import EspeakVoice
from kiosk.models.database import PRAGMAS, server_version
from kiosk.services import remembered, timekeeping
from kiosk.services.ledger import log
from kiosk.services.village import Village

LEAST_FREE_MB = 500
"""Below this the keeper is told: a year of a village of 1,200 needs some 100 MB with backups."""


@dataclass(frozen=True)
class Check:
    """One line of the report: sentence ``cli.doctor_<code>`` with its value, and if it is well."""

    code: str
    value: str
    well: bool


def examine(village: Village) -> tuple[Check, ...]:
    """Look everything over; nothing is changed."""
    return tuple(_checks(village))


def faulty_versions(journal_mode: str = PRAGMAS["journal_mode"]) -> list[str]:
    """The parts in use that are known to be faulty, e.g. ``SQLite 3.40.1``; [] is good."""
    import pysqlite3

    findings = known_bad(
        platform.python_version(),
        _version("PySide6_Essentials"),
        pysqlite3.sqlite_version,
        _version("reportlab"),
        journal_mode,
    )
    return [finding.subject for finding in findings]


def _checks(village: Village) -> Iterator[Check]:
    faulty = faulty_versions()
    yield Check("python", platform.python_version(), not _names(faulty, "Python"))
    yield Check("qt", _version("PySide6_Essentials"), not _names(faulty, "PySide6"))
    kind = "SQLite" if village.database.is_sqlite else "PostgreSQL"
    database = f"{kind} {server_version(village.database)}"
    yield Check("database", database, not _names(faulty, "SQLite"))
    free = shutil.disk_usage(village.directory.root).free // 1_000_000
    yield Check("disk", str(free), free >= LEAST_FREE_MB)
    fonts = len(list((ASSETS / "fonts").glob("*.ttf")))
    yield Check("fonts", str(fonts), fonts >= 3)
    yield Check("keys", village.keys.verifier.key_id.hex(), True)
    yield _log_check(village)
    doubted = timekeeping.doubt(village)
    yield Check("clock", f"{village.clock.now():%Y-%m-%d %H:%M} UTC", doubted is None)
    newest = max(village.directory.backups.glob("village-*.backup"), default=None)
    yield Check("backup", newest.name if newest else "", newest is not None)
    missing = EspeakVoice().missing_languages()
    yield Check("speech", "espeak-ng" if not missing else "", not missing)


def _log_check(village: Village) -> Check:
    try:
        with village.read() as session:
            size = str(log.head(session).size)
        return Check("log", size, remembered.behind(village) is None)
    except EnvironmentFault as trouble:
        return Check("log", str(trouble.values[0]), False)


def _names(faulty: list[str], part: str) -> bool:
    return any(subject.startswith(part) for subject in faulty)


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "0"
