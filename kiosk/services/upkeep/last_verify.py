"""When the whole village was last held against its log, and what came of it.

It is a note beside the database and no entry of the log: holding something against the log changes
nothing, and whoever can alter the one could alter the other.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kiosk.core import event_log
from kiosk.core.errors import EnvironmentFault
from kiosk.core.paths import write_whole
from kiosk.services.access import sessions
from kiosk.services.audit.log import LogReport, Progress, unwatched
from kiosk.services.audit.tables import verify_village
from kiosk.services.village import Village

GOOD_FOR: Final = timedelta(days=35)
"""After this the keeper is asked to do it again: a month and some days' grace."""
_FILE: Final = "last-verify"


@dataclass(frozen=True)
class Verified:
    """When it was, how many entries the log had, and how many things did not fit."""

    at: datetime
    entries: int
    findings: int


def verify(village: Village, progress: Progress = unwatched) -> LogReport:
    """`verify_village`, of which a note is kept for the keeper.

    Raises:
        EnvironmentFault: ``database_damaged``, of which the note is that something did not fit.
    """
    event_log.record("verify_started")
    try:
        report = verify_village(village, progress)
    except EnvironmentFault:
        _keep(village, entries=0, findings=1)
        raise
    _keep(village, report.entries, len(report.findings))
    event_log.record("verify_ended", findings=len(report.findings))
    return report


def verify_by(village: Village, session_id: str) -> None:
    """What the keeper asks for at the screen; it may take minutes and changes nothing.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
        EnvironmentFault: as `verify`.
    """
    sessions.holding(village, session_id, "back_up")
    verify(village)


def last(village: Village) -> Verified | None:
    """What the last one said; None before the first, or where a hand has spoilt the note."""
    try:
        told = json.loads((village.directory.root / _FILE).read_text("ascii"))
        at = datetime.fromisoformat(told["at"])
        found = Verified(at, int(told["entries"]), int(told["findings"]))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return found if at.tzinfo else None


def _keep(village: Village, entries: int, findings: int) -> None:
    """A disk that does not take it keeps nobody from hearing what was found."""
    told = {"at": village.clock.now().isoformat(), "entries": entries, "findings": findings}
    with suppress(OSError):
        write_whole(village.directory.root / _FILE, json.dumps(told).encode())
