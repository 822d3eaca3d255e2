"""How warm the machine is, as Linux tells it (docs.kernel.org, thermal sysfs)."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

ZONES: Final = Path("/sys/class/thermal")
_PLAUSIBLE: Final = range(-20, 126)
"""Degrees Celsius: what lies outside is a sensor that is not there."""


def hottest(zones: Path = ZONES) -> int | None:
    """The hottest part in whole degrees Celsius; None where nothing can be asked."""
    found = []
    for file in zones.glob("thermal_zone*/temp"):
        with suppress(OSError, ValueError):
            found.append(round(int(file.read_text("ascii")) / 1000))
    return max((each for each in found if each in _PLAUSIBLE), default=None)
