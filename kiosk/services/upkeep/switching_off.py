"""The machine is switched off in good order: a backup, an event, and nothing half printed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from kiosk.core import event_log
from kiosk.core.errors import ExpectedError
from kiosk.devices import machine_power
from kiosk.models.printing import PrintJob
from kiosk.services.access import sessions
from kiosk.services.upkeep.backup import Backup, back_up
from kiosk.services.village import Village


@dataclass(frozen=True)
class Farewell:
    """Everything is done before the end; `backup` is None where it was left out."""

    backup: Backup | None
    by_itself: bool
    """Whether the machine goes off by itself, or at its power button."""


def prepare(village: Village, session_id: str, *, without_backup: bool = False) -> Farewell:
    """Do what comes before switching off. A server has its own backups: there none is made.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``; ``papers_coming`` with how many are at a
            printer just now.
        EnvironmentFault: as `backup.back_up`; the keeper may then leave the backup out.
    """
    sessions.holding(village, session_id, "back_up")
    if coming := _at_a_printer(village):
        raise ExpectedError("papers_coming", coming)
    made = None if without_backup or not village.database.is_sqlite else back_up(village)
    event_log.record("switched_off")
    return Farewell(made, machine_power.may_switch_off())


def _at_a_printer(village: Village) -> int:
    """Papers that this terminal is printing now; what waits is printed after the next start."""
    here = (PrintJob.phase.in_(("sending", "printing"))) & (
        PrintJob.terminal == village.settings.terminal
    )
    with village.read() as session:
        return session.scalar(select(func.count()).where(here)) or 0
