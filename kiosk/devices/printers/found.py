"""Printers that this machine knows of, so that somebody can choose one by its name."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

_SECONDS: Final = 6.0
_USB: Final = Path("/dev/usb")


def queues() -> tuple[str, ...]:
    """The queues of CUPS, those included that it finds by itself (driverless); none without it."""
    told = {**os.environ, "LC_ALL": "C"}
    try:
        ran = subprocess.run(
            ["lpstat", "-e"],
            capture_output=True,
            timeout=_SECONDS,
            env=told,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    lines = ran.stdout.decode("utf-8", "replace").splitlines()
    return tuple(sorted({each.strip() for each in lines if each.strip() and " " not in each}))


def slip_devices(folder: Path = _USB) -> tuple[str, ...]:
    """The slip printers that are plugged in, by the kernel's file for each."""
    return tuple(sorted(str(each) for each in folder.glob("lp*")))
