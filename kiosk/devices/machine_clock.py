"""Setting the machine's clock, where the machine lets its kiosk do that (timedatectl(1))."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime
from typing import Final

from kiosk.core.errors import EnvironmentFault

_PROGRAM: Final = "timedatectl"
_SECONDS: Final = 10.0


def set_clock(moment: datetime) -> None:
    """Set the clock to `moment`, which knows its zone; timedatectl takes the machine's own.

    Raises:
        EnvironmentFault: ``clock_not_allowed`` with the line to type as root: there is no such
            program, it asks for a password that nobody can type here, or a time server sets it.
    """
    local = f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"
    program = shutil.which(_PROGRAM)
    if program is None:
        raise EnvironmentFault("clock_not_allowed", local)
    command = [program, "--no-ask-password", "set-time", local]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as trouble:
        raise EnvironmentFault("clock_not_allowed", local) from trouble
    if done.returncode:
        raise EnvironmentFault("clock_not_allowed", local)
