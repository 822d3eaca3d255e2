"""What can be said of the machine's parts without waiting for one of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Final

from kiosk.devices import temperature
from kiosk.devices.speech import EspeakVoice
from kiosk.services.upkeep.check import Check, Phrase
from kiosk.services.village import Village

LEAST_FREE_MB: Final = 500
"""Below this the keeper is told: a year of a village of 1,200 needs some 100 MB with backups."""
TOO_HOT: Final = 85
"""Degrees Celsius: small computers slow themselves down from about here on."""
_WEDGE: Final = "wedge"


def checks(village: Village) -> Iterator[Check]:
    """Disk, scanner, sound, and how warm it is where that can be asked."""
    free = shutil.disk_usage(village.directory.root).free // 1_000_000
    room = "enough" if free >= LEAST_FREE_MB else "short"
    yield Check("disk", Phrase(f"machine.disk_{room}", (f"{free / 1000:.1f}",)), room == "enough")
    yield _scanner(village)
    missing = EspeakVoice().missing_languages()
    speech = Phrase(f"machine.speech_{'absent' if missing else 'there'}")
    yield Check("speech", speech, not missing, action="look_again" if missing else "try_sound")
    degrees = temperature.hottest()
    if degrees is not None:
        well = degrees < TOO_HOT
        key = "machine.temperature" if well else "machine.temperature_high"
        yield Check("temperature", Phrase(key, (degrees,)), well)


def _scanner(village: Village) -> Check:
    """One that types cannot be asked whether it is there; one on a serial line has a file."""
    path = village.settings.scanner
    if path == _WEDGE:
        return Check("scanner", Phrase("machine.scanner_types"), True, action="try_scanner")
    if not os.access(path, os.R_OK | os.W_OK):
        return Check("scanner", Phrase("machine.scanner_absent", (path,)), False)
    return Check("scanner", Phrase("machine.scanner_there", (path,)), True, action="try_scanner")
