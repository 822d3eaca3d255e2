"""Drives have a thread of their own: one that hangs keeps nobody waiting but who looks at it."""

from __future__ import annotations

from typing import Final

from kiosk.ui.shell.kiosk import Kiosk
from kiosk.ui.shell.runner import Runner

DRIVES: Final = "drives"
LOOK_MS: Final = 1500
"""How often one looks whether a drive was put in or pulled out."""


def drives_thread(shell: Kiosk) -> Runner:
    """The one for every screen there will be, which goes with the kiosk."""
    found = shell.findChild(Runner, DRIVES)
    return found or Runner(shell.apologise, shell, DRIVES)
