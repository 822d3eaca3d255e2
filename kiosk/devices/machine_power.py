"""Switching the machine off, where its keeper set it up so.

The kiosk may power nothing off by itself. It writes a file where the system's own
``village-kiosk-off.path`` looks for one, which then does it (packaging/debian). Where that is not
installed the variable is not set, and the power button is the way.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from kiosk.core import event_log

VARIABLE: Final = "KIOSK_POWER_OFF"
"""The file that asks for it; its folder is the kiosk's own."""


def may_switch_off() -> bool:
    """Whether this machine switches off when it is asked to."""
    file = os.environ.get(VARIABLE)
    return bool(file) and os.access(Path(str(file)).parent, os.W_OK)


def switch_off() -> None:
    """Ask for it; the caller has nothing left to do. Where it cannot be written nothing happens."""
    if not may_switch_off():
        return
    try:
        Path(os.environ[VARIABLE]).touch(mode=0o600)
    except OSError:
        event_log.record("trouble", code="power_off")
