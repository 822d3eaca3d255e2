"""How far this terminal's sheet printer is off: printed as a test, set by hand, used afterwards.

It is the printer's, not the village's: it stands beside the settings of the terminal, and in no
backup. A file that cannot be read is none; the test sheet says by what it was printed.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from kiosk.core import event_log
from kiosk.core.errors import ExpectedError
from kiosk.core.paths import write_whole
from kiosk.core.shift import MOST_SHIFT, STRAIGHT, Shift
from kiosk.services.access import acting
from kiosk.services.access.roles import holders
from kiosk.services.printing import queue
from kiosk.services.printing.papers import payload_of
from kiosk.services.village import Village

if TYPE_CHECKING:  # drawing is slow to import
    from kiosk.documents.sign_sheets import OffsetSheet

_MAY = holders("tend_printer")


def shift(village: Village) -> Shift:
    """How far signs that are cut, or lie on labels, are moved at this terminal."""
    try:
        told = json.loads(village.directory.printer_offset.read_text("utf-8"))
        found = Shift(float(told["right"]), float(told["down"]))
    except (OSError, ValueError, TypeError, KeyError):
        return STRAIGHT
    return found if _fits(found) else STRAIGHT


def set_shift(village: Village, session_id: str, right: float, down: float) -> Shift:
    """Move them so far from now on, in millimetres to the right and down.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``offset_too_far`` (millimetres at most).
    """
    with acting.reading(village, session_id, *_MAY):
        chosen = Shift(right, down)
        if not _fits(chosen):
            raise ExpectedError("offset_too_far", int(MOST_SHIFT))
    told = json.dumps({"right": right, "down": down})
    write_whole(village.directory.printer_offset, told.encode())
    event_log.record("offset_set", right=round(10 * right), down=round(10 * down))
    return chosen


def print_test(village: Village, session_id: str, touch: str) -> int:
    """Print the test sheet, moved as everything is now; the print job.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.once(village, session_id, touch, "print_offset", "", _MAY) as work:
        if work.known is not None:
            return int(work.known["job"])
        job = queue.enqueue(
            work,
            paper="offset_sheet",
            reference=f"O{work.today:%Y%m%d}",
            media="A4",
            payload=payload_of(_sheet(village)),
            covers=None,
            note_lines=(),
        )
        work.remember({"job": job})
        return job


def _sheet(village: Village) -> OffsetSheet:
    from kiosk.documents.sign_sheets import OffsetSheet

    now = shift(village)
    return OffsetSheet(village.settings.name, now.right, now.down)


def _fits(chosen: Shift) -> bool:
    values = (chosen.right, chosen.down)
    return all(math.isfinite(each) and abs(each) <= MOST_SHIFT for each in values)
