"""Deadlines: one clock, whole village days, and the moves that time makes."""

from __future__ import annotations

from kiosk.services.village import Village


def tick(village: Village) -> int:
    """Make every move whose time has come; how many there were.

    Called at start and by a timer; calling it again changes nothing.
    """
    raise NotImplementedError
