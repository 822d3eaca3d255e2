"""What the keeper does with the machine's help: a test print, a stick that is tried, the clock."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import Final

from kiosk.core.clock import VILLAGE_ZONE
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.text import clean
from kiosk.devices import machine_clock, removable
from kiosk.services.access import sessions
from kiosk.services.upkeep import backup_places, clock_check
from kiosk.services.upkeep.backup import Backup, back_up
from kiosk.services.village import Village

PACKAGE: Final = "village-kiosk"
_TYPED: Final = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D+(\d{1,2})\D+(\d{1,2})\D*")


def try_stick(village: Village, session_id: str) -> Backup:
    """Back up, and insist on the second place: its copy is on the stick when this returns.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``no_second_place``.
        EnvironmentFault: why the stick did not take its copy, and those of `back_up`.
    """
    sessions.holding(village, session_id, "back_up")
    if backup_places.second_place(village) is None:
        raise ExpectedError("no_second_place")
    made = back_up(village)
    if made.trouble:
        raise made.trouble
    return made


def packages_in(setting: str) -> tuple[str, ...]:
    """Where packages of the kiosk lie on the sticks that are in; the newest of each stick first."""
    found: list[str] = []
    for drive in removable.drives(setting):
        with suppress(EnvironmentFault):
            named = [each for each in removable.packages(drive) if PACKAGE in each.name]
            found += [str(drive.folder / each.path) for each in named]
    return tuple(found)


def moment_of(typed: str) -> datetime:
    """The village's moment that somebody typed: year, month, day, hour and minute in this order.

    Raises:
        ExpectedError: ``moment_unclear``.
    """
    found = _TYPED.fullmatch(clean(typed, 40).strip())
    if found is None:
        raise ExpectedError("moment_unclear")
    try:
        year, month, day, hour, minute = map(int, found.groups())
        moment = datetime(year, month, day, hour, minute, tzinfo=VILLAGE_ZONE)
    except ValueError as trouble:
        raise ExpectedError("moment_unclear") from trouble
    if moment < clock_check.BUILD_DATE:
        raise ExpectedError("moment_unclear")
    return moment


def set_clock(village: Village, session_id: str, typed: str) -> None:
    """Set the machine's clock, and say that it was looked at, so that deadlines run again.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``moment_unclear``.
        EnvironmentFault: ``clock_not_allowed``.
    """
    sessions.holding(village, session_id, "back_up")
    machine_clock.set_clock(moment_of(typed))
    clock_check.confirm(village)
